import { formatNumber } from "#components/ui/format";
import type { PricedSet } from "#lib/pricing/scenarios/service";
import { formatPercent, formatPrice } from "../../money";
import { policyName } from "./words";

/** What the whole set comes to under both policies. */
export function Totals({ before, now }: { before: PricedSet; now: PricedSet }) {
  const rows = [
    { label: "Price", of: ({ price }: PricedSet) => formatPrice(price) },
    { label: "Average margin", of: ({ average_margin_pct }: PricedSet) => formatPercent(average_margin_pct, 2) },
    {
      label: "Within the guard-rail",
      of: ({ compliant_count, scenario_count }: PricedSet) =>
        `${formatNumber(compliant_count)} of ${formatNumber(scenario_count)}`,
    },
  ];
  const isSame = before.policyVersion === now.policyVersion;
  return (
    <dl className="grid rounded-lg border bg-card">
      {rows.map(({ label, of }) => (
        <div key={label} className="flex flex-wrap justify-between gap-x-4 border-b px-4 py-2 last:border-b-0">
          <dt className="text-muted-foreground">{label}</dt>
          <dd className="tabular-nums">
            {isSame ? null : (
              <>
                <span className="text-muted-foreground">
                  <span className="sr-only">{policyName(before.policyVersion)}: </span>
                  {of(before)} <span aria-hidden>→</span>{" "}
                </span>
                <span className="sr-only">, {policyName(now.policyVersion)}, in force: </span>
              </>
            )}
            <span className="font-medium">{of(now)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
