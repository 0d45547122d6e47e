import type { ReactNode } from "react";
import { Card } from "#components/ui/card";
import { formatDuration } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { Progress } from "#components/ui/progress";
import { RelativeTime } from "#components/ui/relative-time";
import type { AgentDetails } from "#lib/agents/schema";
import { formatDollars, isLive, priorityWords } from "../words";

const linkClass = "rounded-sm underline decoration-border underline-offset-4 hover:decoration-foreground";

function spanOf({ started, completed }: AgentDetails): string {
  return started && completed ? formatDuration(Date.parse(completed) - Date.parse(started)) : "–";
}

function wishesOf({ privacy }: AgentDetails): string {
  const wishes = [
    privacy.detect_pii ? "personal data is looked for" : "",
    privacy.mask_pii_in_logs ? "masked in logs" : "",
    privacy.encrypt_output ? "result has its own key" : "",
    privacy.retention_days ? `kept ${privacy.retention_days} days` : "",
  ].filter(Boolean);
  return wishes.join(", ") || "As the organization's";
}

/** What an agent was given, what it took, and its cost against the estimate. */
export function Facts({ agent }: { agent: AgentDetails }) {
  const facts: { label: string; value: ReactNode }[] = [
    ...(agent.team ? [{ label: "Team", value: agent.team }] : []),
    { label: "Model", value: agent.model },
    { label: "Priority", value: priorityWords[agent.priority] },
    { label: "Time limit", value: `${agent.timeout} s` },
    { label: "Spawned", value: <RelativeTime value={agent.created} /> },
    { label: "Started", value: agent.started ? <RelativeTime value={agent.started} /> : "Not yet" },
    { label: "Worked", value: spanOf(agent) },
    ...(agent.quote_id
      ? [
          {
            label: "Quote",
            value: (
              <Link href={`/dashboard/pricing/quotes/${agent.quote_id}`} className={`${linkClass} font-mono text-xs`}>
                {agent.quote_id}
              </Link>
            ),
          },
        ]
      : []),
    { label: "Privacy", value: wishesOf(agent) },
    ...(agent.privacy.pii_found.length > 0 ? [{ label: "Found", value: agent.privacy.pii_found.join(", ") }] : []),
    {
      label: "Run",
      value: (
        <Link href={`/dashboard/runs/${agent.run_id}`} className={`${linkClass} font-mono text-xs`}>
          {agent.run_id}
        </Link>
      ),
    },
  ];
  return (
    <Card className="grid min-w-0 gap-4 p-4">
      <section aria-label="Cost against estimate" className="grid gap-1.5">
        <p className="flex items-baseline justify-between gap-3">
          <span className="text-muted-foreground">{isLive(agent.status) ? "Spent so far" : "Cost"}</span>
          <strong className="font-semibold text-lg tabular-nums">{formatDollars(agent.cost)}</strong>
        </p>
        <Progress
          label="Cost as a part of the estimate"
          value={Math.min(agent.cost, agent.estimated_cost)}
          max={Math.max(agent.estimated_cost, 0.0001)}
        />
        <p className="text-muted-foreground text-xs">
          of {formatDollars(agent.estimated_cost)} estimated{agent.simulated ? "; simulated, nobody asks for it" : ""}
        </p>
      </section>
      <dl className="grid gap-2">
        {facts.map(({ label, value }) => (
          <div key={label} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-2">
            <dt className="text-muted-foreground">{label}</dt>
            <dd className="tabular-nums [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
