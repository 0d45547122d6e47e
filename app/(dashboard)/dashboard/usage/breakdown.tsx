import { EmptyState } from "#components/ui/empty-state";
import { formatMicros, formatNumber } from "#components/ui/format";
import { LinkTabs } from "#components/ui/link-tabs";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Dimension, UsageBreakdown, UsageTotals } from "#lib/usage/schema";
import { type UsageQuery, usageHref } from "./query";

const dimensions: { by: Dimension; label: string; column: string; many: string }[] = [
  { by: "model", label: "By model", column: "Model", many: "models" },
  { by: "app", label: "By app", column: "App", many: "apps" },
  { by: "key", label: "By key", column: "Key", many: "keys" },
  { by: "member", label: "By member", column: "Member", many: "members" },
];

/** Who or what used how much, the most first. The rows add up to the total, which is that of the figures above. */
export function Breakdown({ breakdown, query }: { breakdown: UsageBreakdown; query: UsageQuery }) {
  const { items, other, total } = breakdown;
  const words = dimensions.find(({ by }) => by === breakdown.by);
  const rows = [
    ...items.map((item) => ({ ...item, key: item.id ?? "none", isNamed: item.id !== null })),
    ...(other
      ? [{ ...other, key: "other", name: `${formatNumber(other.count)} other ${words?.many}`, isNamed: false }]
      : []),
  ];
  // The most telling figure that there is decides how long the bars are.
  const measure = (["credits", "invocations", "apiCalls"] as const).find((name) => total[name] > 0) ?? "apiCalls";
  const most = Math.max(1, ...rows.map((row) => row[measure]));
  const tabs = dimensions.map(({ by, label }) => ({
    label,
    href: usageHref(query, { by }),
    isCurrent: by === breakdown.by,
  }));

  return (
    <div id="breakdown" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section title="Breakdown" actions={<LinkTabs label="Breakdown" tabs={tabs} />}>
        {rows.length === 0 ? (
          <EmptyState title={`Nothing to break down in these ${query.days} days`} level={3}>
            Calls of models and of the API are added up here as soon as there are any.
          </EmptyState>
        ) : (
          <Table label={`Usage by ${breakdown.by}`}>
            <thead>
              <tr>
                <Th>{words?.column}</Th>
                <Th className="text-right">Invocations</Th>
                <Th className="text-right">API calls</Th>
                <Th className="text-right">Credits</Th>
                <Th className="text-right">Provider cost</Th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Tr key={row.key}>
                  <Td className="sm:w-2/5">
                    <div className="grid min-w-0 gap-1">
                      <span className={`truncate ${row.isNamed ? "font-medium" : "text-muted-foreground"}`}>
                        {row.name}
                      </span>
                      <span aria-hidden className="h-1 rounded-full bg-muted">
                        <span
                          className="block h-full rounded-full bg-primary"
                          style={{ width: `${(Math.max(0, row[measure]) / most) * 100}%` }}
                        />
                      </span>
                    </div>
                  </Td>
                  <Totals totals={row} />
                </Tr>
              ))}
              <Tr className="bg-muted/40 font-medium">
                <Td>Total</Td>
                <Totals totals={total} />
              </Tr>
            </tbody>
          </Table>
        )}
      </Section>
    </div>
  );
}

function Totals({ totals }: { totals: UsageTotals }) {
  const hasNoCost = totals.costMicros === null && totals.invocations === 0;
  const cells = [
    { label: "Invocations", text: formatNumber(totals.invocations) },
    { label: "API calls", text: formatNumber(totals.apiCalls) },
    { label: "Credits", text: formatNumber(totals.credits) },
    { label: "Provider cost", text: hasNoCost ? "–" : formatMicros(totals.costMicros) },
  ];
  return cells.map(({ label, text }) => (
    <Td key={label} label={label} className="tabular-nums sm:text-right">
      {text}
    </Td>
  ));
}
