import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { ScenarioSet } from "#lib/pricing/quotes/schema";
import type { PricedSet } from "#lib/pricing/scenarios/service";
import { formatPercent, formatPrice } from "../money";
import { deliveryWords } from "../words";
import { ReviewNote } from "./review-note";

/** The sets with what they come to now. Each leads to its own page. */
export function SetTable({ sets }: { sets: { set: ScenarioSet; priced: PricedSet }[] }) {
  return (
    <Table label="Scenario sets">
      <thead>
        <tr>
          <Th>Set</Th>
          <Th className="text-right">Price now</Th>
          <Th className="text-right">Average margin</Th>
          <Th>Guard-rail</Th>
          <Th className="text-right" aria-sort="descending">
            Made
          </Th>
        </tr>
      </thead>
      <tbody>
        {sets.map(({ set, priced }) => (
          <Tr key={set.scenario_set_id}>
            <Td className="sm:w-1/3">
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/pricing/scenarios/${set.scenario_set_id}`}
                  className="rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
                >
                  {set.name}
                </Link>
                <span className="text-muted-foreground text-xs">
                  {formatNumber(set.scenarios.length)} scenario{set.scenarios.length === 1 ? "" : "s"} ·{" "}
                  {deliveryWords[set.delivery_type].toLowerCase()}
                </span>
              </span>
            </Td>
            <Td label="Price now" className="font-medium tabular-nums sm:text-right">
              {formatPrice(priced.price)}
            </Td>
            <Td label="Average margin" className="tabular-nums sm:text-right">
              {formatPercent(priced.average_margin_pct, 2)}
            </Td>
            <Td label="Guard-rail">
              <ReviewNote priced={priced} />
            </Td>
            <Td label="Made" className="text-muted-foreground sm:text-right">
              <RelativeTime value={set.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
