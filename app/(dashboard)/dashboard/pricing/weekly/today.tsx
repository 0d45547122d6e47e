import { Gauge } from "#components/charts/gauge";
import { Alert } from "#components/ui/alert";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { getPricingHealth } from "#lib/pricing/health/service";
import { formatCost, formatPercent, formatPrice } from "../money";

type Health = Awaited<ReturnType<typeof getPricingHealth>>["health"];

const marks = [80, 95];

/** The day's cost of models against the budget, in all and by model. */
export function Today({ health }: { health: Health }) {
  const { daily_cost, daily_budget, issues, tasks_completed } = health;
  const used = `${formatCost(daily_cost)} of ${formatPrice(daily_budget)} (${formatPercent(health.budget_utilization_pct)})`;
  const models = Object.entries(health.by_model);
  return (
    <div className="grid grid-cols-1 gap-3">
      {issues.length > 0 ? (
        <Alert tone={health.status === "critical" ? "danger" : "warning"}>{issues.join(" ")}</Alert>
      ) : null}
      <Card className="grid gap-3 p-4">
        <p className="flex flex-wrap justify-between gap-x-4 gap-y-1 tabular-nums">
          <span className="font-medium">{used}</span>
          <span className="text-muted-foreground">
            {tasks_completed === 0
              ? "No task completed yet"
              : `${formatNumber(tasks_completed)} task${tasks_completed === 1 ? "" : "s"}, ${formatCost(health.avg_cost_per_task)} each on average`}
          </span>
        </p>
        {daily_budget > 0 ? (
          <Gauge label="Daily budget" value={daily_cost} max={daily_budget} text={used} marks={marks} />
        ) : null}
      </Card>
      {models.length > 0 ? (
        <Table label="Cost of models today">
          <thead>
            <tr>
              <Th>Model</Th>
              <Th className="text-right">Calls</Th>
              <Th className="text-right">Cost</Th>
              <Th className="text-right">Per call</Th>
            </tr>
          </thead>
          <tbody>
            {models.map(([model, { calls, cost, avg_per_call }]) => (
              <Tr key={model}>
                <Td className="font-medium">{model}</Td>
                <Td label="Calls" className="tabular-nums sm:text-right">
                  {formatNumber(calls)}
                </Td>
                <Td label="Cost" className="tabular-nums sm:text-right">
                  {formatCost(cost)}
                </Td>
                <Td label="Per call" className="tabular-nums sm:text-right">
                  {formatCost(avg_per_call)}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      ) : null}
    </div>
  );
}
