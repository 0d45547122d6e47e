import { BarChart } from "#components/charts/bar-chart";
import { Gauge } from "#components/charts/gauge";
import { Card } from "#components/ui/card";
import { formatDuration, formatNumber } from "#components/ui/format";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Session } from "#lib/orchestration/schema";
import type { SessionAnalytics } from "#lib/orchestration/view-schema";
import { formatDollars } from "../words";

const marks = [50, 80, 100];
const score = (value: number | null) => (value === null ? "–" : value.toFixed(1));

/** What a session came to: its figures, its limit, and what each model did, as pictures and as a table. */
export function Analytics({ session, analytics }: { session: Session; analytics: SessionAnalytics }) {
  const { models_used: models, total_tokens: tokens, total_cost: cost } = analytics;
  const limit = session.settings.cost_limit;
  const figures = [
    { label: "Orchestrations", value: formatNumber(analytics.orchestration_count) },
    { label: "Completed", value: `${analytics.completed_count}, ${analytics.failed_count} failed` },
    { label: "Rounds", value: formatNumber(analytics.total_iterations) },
    { label: "Average score", value: score(analytics.average_score) },
    { label: "Best score", value: score(analytics.best_score) },
    { label: "Tokens", value: formatNumber(tokens) },
    { label: "Threads", value: formatNumber(analytics.thread_count) },
    { label: "Open for", value: formatDuration(analytics.duration_seconds * 1_000) },
  ];
  return (
    <Section title="Analytics" description="All orchestrations of the session together.">
      <Card className="grid gap-4 p-4">
        <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
          {figures.map(({ label, value }) => (
            <div key={label}>
              <dt className="text-muted-foreground text-xs">{label}</dt>
              <dd className="font-medium text-base tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
        <div className="grid gap-1.5">
          <p className="tabular-nums">
            {formatDollars(cost)} spent{limit === null ? ", no cost limit" : ` of ${formatDollars(limit)}`}
          </p>
          {limit === null ? null : (
            <Gauge
              label="Spent of the cost limit"
              value={cost}
              max={limit}
              text={`${formatDollars(cost)} of ${formatDollars(limit)}`}
              marks={marks}
            />
          )}
        </div>
      </Card>
      {models.length > 0 ? (
        <>
          <Card className="grid grid-cols-1 divide-y lg:grid-cols-2 lg:divide-x lg:divide-y-0">
            <BarChart
              title="Tokens"
              per="model"
              tone="first"
              points={models.map(({ model_name, tokens_used }) => ({ label: model_name, value: tokens_used }))}
              summary={`${formatNumber(tokens)} together`}
            />
            <BarChart
              title="Average score"
              per="model"
              tone="second"
              points={models.flatMap(({ model_name, average_score }) =>
                // A model that only judged has no score, which is another thing than 0.
                average_score === null ? [] : [{ label: model_name, value: average_score }],
              )}
              summary={`${score(analytics.average_score)} over all answers`}
            />
          </Card>
          <details className="grid gap-2">
            <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
              Show the models as a table
            </summary>
            <div className="mt-2">
              <Table label="Models of the session">
                <thead>
                  <tr>
                    <Th>Model</Th>
                    <Th className="text-right">Calls</Th>
                    <Th className="text-right">Tokens</Th>
                    <Th className="text-right">Cost</Th>
                    <Th className="text-right">Average score</Th>
                  </tr>
                </thead>
                <tbody>
                  {models.map((model) => (
                    <Tr key={model.model_name}>
                      <Td className="font-medium">{model.model_name}</Td>
                      <Figure label="Calls" value={formatNumber(model.calls)} />
                      <Figure label="Tokens" value={formatNumber(model.tokens_used)} />
                      <Figure label="Cost" value={formatDollars(model.cost)} />
                      <Figure label="Score" value={score(model.average_score)} />
                    </Tr>
                  ))}
                </tbody>
              </Table>
            </div>
          </details>
        </>
      ) : null}
    </Section>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <Td label={label} className="tabular-nums sm:text-right">
      {value}
    </Td>
  );
}
