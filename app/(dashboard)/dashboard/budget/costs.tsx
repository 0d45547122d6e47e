import { ChevronLeft, ChevronRight } from "lucide-react";
import { BarChart } from "#components/charts/bar-chart";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { BillingUsage } from "#lib/orchestrator/schema";
import { formatDollars } from "../agents/words";
import { costColumns, type Month, neighbours } from "./query";

const monthWords = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
const hrefOf = (month: string) => `/dashboard/budget?month=${month}#costs`;

type CostsProps = { usage: BillingUsage; month: Month; today: string };

/** What models have cost in a month, by day and by model. Both add up to the total. */
export function Costs({ usage, month, today }: CostsProps) {
  const { before, after } = neighbours(month, today);
  const { unit, points, days } = costColumns(usage.by_day, month);
  const byModel = Object.entries(usage.by_model).toSorted(([, one], [, other]) => other - one);
  const simulated = usage.simulated_cost > 0 ? `; ${formatDollars(usage.simulated_cost)} of it simulated` : "";
  return (
    <div id="costs" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section
        title={`Model costs, ${monthWords.format(new Date(`${month.start}T00:00:00Z`))}`}
        description={`${usage.period}, UTC days${simulated}.`}
        actions={
          <nav aria-label="Months" className="flex gap-2">
            <ButtonLink size="sm" href={hrefOf(before)} scroll={false}>
              <ChevronLeft aria-hidden />
              Earlier
            </ButtonLink>
            {after ? (
              <ButtonLink size="sm" href={hrefOf(after)} scroll={false}>
                Later
                <ChevronRight aria-hidden />
              </ButtonLink>
            ) : null}
          </nav>
        }
      >
        {byModel.length === 0 ? (
          <EmptyState level={3} title="Nothing was spent on models in this month">
            Calls of the gateway, orchestrations, agents and deployed apps are added up here.
          </EmptyState>
        ) : (
          <>
            <Card>
              <BarChart
                title={`Cost in ${unit}`}
                per="day"
                points={points}
                summary={`${formatDollars(usage.total_cost)} in all`}
                tone="first"
              />
            </Card>
            <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-2">
              <CostTable label="Cost by model" column="Model" rows={byModel} total={usage.total_cost} />
              <details className="grid gap-2">
                <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
                  Show the days as a table
                </summary>
                <div className="mt-2 max-h-96 overflow-y-auto rounded-lg">
                  <CostTable
                    label="Cost by day"
                    column="Day"
                    rows={days.map(({ day, dollars }) => [day, dollars])}
                    total={usage.total_cost}
                  />
                </div>
              </details>
            </div>
          </>
        )}
      </Section>
    </div>
  );
}

type CostTableProps = { label: string; column: string; rows: [string, number][]; total: number };

function CostTable({ label, column, rows, total }: CostTableProps) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>{column}</Th>
          <Th className="text-right">Cost</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, dollars]) => (
          <Tr key={name}>
            <Td className="[overflow-wrap:anywhere]">{name}</Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {formatDollars(dollars)}
            </Td>
          </Tr>
        ))}
        <Tr className="bg-muted/40 font-medium">
          <Td>Total</Td>
          <Td label="Cost" className="tabular-nums sm:text-right">
            {formatDollars(total)}
          </Td>
        </Tr>
      </tbody>
    </Table>
  );
}
