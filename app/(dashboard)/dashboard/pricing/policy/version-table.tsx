import { Badge, type Tone } from "#components/ui/badge";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { PolicyVersion } from "#lib/pricing/policy/schema";
import { formatPrice } from "../money";

const statusWords: Record<PolicyVersion["status"], { tone: Tone; label: string }> = {
  current: { tone: "success", label: "In force" },
  scheduled: { tone: "accent", label: "Scheduled" },
  past: { tone: "neutral", label: "Past" },
};

/** Every version of the policy with its figures. */
export function VersionTable({ versions }: { versions: PolicyVersion[] }) {
  return (
    <Table label="Versions of the policy">
      <thead>
        <tr>
          <Th>Version</Th>
          <Th>Markup</Th>
          <Th>Adjustment</Th>
          <Th>Guard-rail</Th>
          <Th className="text-right">Floor</Th>
          <Th className="text-right">From</Th>
        </tr>
      </thead>
      <tbody>
        {versions.map(({ version, status, note, effective_at, pricing_policy: figures }) => (
          <Tr key={version}>
            <Td>
              <span className="grid min-w-0 gap-0.5">
                <span className="flex items-center gap-2 font-medium">
                  {version > 0 ? version : "Default"}
                  <Badge tone={statusWords[status].tone}>{statusWords[status].label}</Badge>
                </span>
                {note ? (
                  <span className="max-w-60 text-muted-foreground text-xs [overflow-wrap:anywhere]">{note}</span>
                ) : null}
              </span>
            </Td>
            <Td label="Markup" className="tabular-nums">
              {Object.values(figures.complexity_markup).join(" / ")}
            </Td>
            <Td label="Adjustment" className="tabular-nums">
              {Object.values(figures.segment_adjustments).join(" / ")}
            </Td>
            <Td label="Guard-rail" className="tabular-nums">
              {Object.values(figures.margin_thresholds)
                .map((percent) => `${percent} %`)
                .join(" / ")}
            </Td>
            <Td label="Floor" className="tabular-nums sm:text-right">
              {formatPrice(figures.minimum_price)}
            </Td>
            <Td label="From" className="text-muted-foreground sm:text-right">
              {effective_at ? <RelativeTime value={effective_at} /> : <span>The beginning</span>}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
