import { Gauge } from "#components/charts/gauge";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Section } from "#components/ui/section";
import type { OrchestratorStatus } from "#lib/orchestrator/schema";
import { formatDollars } from "../agents/words";
import { levelMarks, levelWords } from "./words";

/** The day's budget: spent, held and left, what it comes to in a month, and what to do. */
export function DayPanel({ status }: { status: OrchestratorStatus }) {
  const { daily_budget, today_spend, budget_reserved, budget_remaining, simulated_spend } = status;
  const { projected_spend, budget_ceiling, delta_to_budget } = status.monthly_forecast;
  const { tone, label } = levelWords[status.budget_alert_level];
  const { requires_ops_attention, recommended_action } = status.operational_flags;
  const isOver = delta_to_budget < 0;
  return (
    <Section title="Today" description="Since midnight UTC. Work is refused before it would go over the budget.">
      <Card className="grid grid-cols-1 gap-5 p-4 lg:grid-cols-2">
        <div className="grid content-start gap-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
            <span>
              <strong className="font-semibold text-xl tabular-nums">{formatDollars(today_spend)}</strong> of{" "}
              {formatDollars(daily_budget)} spent
            </span>
            <span className="flex items-center gap-2">
              <Badge tone={tone}>{label}</Badge>
              <span className="font-medium tabular-nums">{status.budget_utilization_pct} %</span>
            </span>
          </p>
          <Gauge
            label="Today's budget"
            value={today_spend}
            max={Math.max(daily_budget, 0.000_001)}
            text={`${formatDollars(today_spend)} of ${formatDollars(daily_budget)}, ${label}`}
            marks={levelMarks}
          />
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
            <dt className="text-muted-foreground">Left</dt>
            <dd className="tabular-nums">{formatDollars(budget_remaining)}</dd>
            <dt className="text-muted-foreground">Held for agents at work</dt>
            <dd className="tabular-nums">{formatDollars(budget_reserved)}</dd>
            {simulated_spend > 0 ? (
              <>
                <dt className="text-muted-foreground">Of it simulated</dt>
                <dd className="tabular-nums">{formatDollars(simulated_spend)}, which nobody asks for</dd>
              </>
            ) : null}
          </dl>
        </div>
        <div className="grid content-start gap-3">
          <p>
            <span className="text-muted-foreground">Thirty days like today: </span>
            <strong className="font-semibold tabular-nums">{formatDollars(projected_spend)}</strong>
          </p>
          <p className="text-muted-foreground">
            {formatDollars(Math.abs(delta_to_budget))} {isOver ? "over" : "below"} thirty days' budget of{" "}
            {formatDollars(budget_ceiling)}.
          </p>
          {requires_ops_attention ? (
            <Alert tone="danger">{recommended_action}.</Alert>
          ) : (
            <Alert tone="info">{recommended_action}.</Alert>
          )}
        </div>
      </Card>
    </Section>
  );
}
