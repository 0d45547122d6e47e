import { BarChart } from "#components/charts/bar-chart";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { DayBalance } from "#lib/billing/balances";
import { dayLabel } from "../usage/periods";

/** The balance at the end of each day, and the same figures as a table. */
export function BalanceChart({ balances }: { balances: DayBalance[] }) {
  const points = balances.map(({ day, balance }) => ({ label: dayLabel(day), value: balance }));
  const now = formatNumber(points.at(-1)?.value ?? 0);
  return (
    <div className="grid grid-cols-1 gap-2">
      <Card>
        <BarChart title="Balance" per="day" points={points} summary={`${now} credits now`} tone="first" />
      </Card>
      <details>
        <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
          Show the balance as a table
        </summary>
        <div className="mt-2 max-h-96 overflow-y-auto rounded-lg">
          <Table label="Balance per day">
            <thead>
              <tr>
                <Th>Day (UTC)</Th>
                <Th className="text-right">Balance at its end</Th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ label, value }) => (
                <Tr key={label}>
                  <Td className="font-medium">{label}</Td>
                  <Td label="Balance" className="tabular-nums sm:text-right">
                    {formatNumber(value)}
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        </div>
      </details>
    </div>
  );
}
