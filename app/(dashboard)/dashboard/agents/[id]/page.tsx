import type { Metadata } from "next";
import { EventFeed } from "#components/event-feed";
import { Markdown } from "#components/markdown/markdown";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Link } from "#components/ui/link";
import { Section } from "#components/ui/section";
import { encryptionOf } from "#lib/agents/sealed";
import { getAgent } from "#lib/agents/service";
import { getRun } from "#lib/runs/service";
import { requireMember } from "../../../member";
import { orNotFound } from "../../apps/[id]/app";
import { RunLive } from "../../runs/[id]/run-live";
import { Timeline } from "../../runs/[id]/timeline";
import { AgentBadge } from "../status-badge";
import { isLive } from "../words";
import { CancelButton } from "./cancel-button";
import { Facts } from "./facts";

export const metadata: Metadata = { title: "Agent" };

const titleMax = 80;
const titleOf = (task: string) => (task.length > titleMax ? `${task.slice(0, titleMax).trimEnd()}…` : task);

export default async function AgentPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([requireMember("agents:read"), params]);
  const agent = await orNotFound(getAgent(ctx, id));
  const [run, { read }] = await Promise.all([orNotFound(getRun(ctx, agent.run_id)), encryptionOf(ctx, agent.run_id)]);
  const isOpen = isLive(agent.status);
  const canStop = isOpen && ctx.actor.scopes.includes("agents:write");
  const steps = run.steps.map((step) => ({ ...step, output: step.output === null ? null : read(step.output) }));
  const events = run.events.map(({ sequence, type, createdAt, data }) => ({ sequence, type, at: createdAt, data }));

  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/agents" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Agents
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="min-w-0 max-w-2xl font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">
            {titleOf(agent.task)}
          </h1>
          <span role="status" className="flex items-center gap-2">
            <AgentBadge status={agent.status} />
            <RunLive url={`/api/runs/${agent.run_id}/events`} after={events.at(-1)?.sequence ?? 0} isOpen={isOpen} />
          </span>
          {agent.simulated ? <Badge tone="warning">Simulated</Badge> : null}
          <span className="ml-auto flex flex-wrap gap-2">
            {canStop ? <CancelButton agentId={id} estimatedCost={agent.estimated_cost} cost={agent.cost} /> : null}
          </span>
        </div>
        <p className="select-all font-mono text-muted-foreground text-xs">{agent.agent_id}</p>
      </header>
      {agent.status === "failed" ? (
        <Alert tone="danger">
          {agent.error ?? "The agent failed."}
          <span className="block">
            {agent.error === "Timeout"
              ? "It needed longer than its time limit. Spawn it again with more seconds, or a shorter task."
              : "Look at the step that failed, then spawn it again, perhaps with another model."}
          </span>
        </Alert>
      ) : null}
      {agent.status === "cancelled" ? <Alert tone="info">The agent was cancelled. There is no result.</Alert> : null}
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid min-w-0 grid-cols-1 gap-5">
          <Section title="Task">
            <Card className="whitespace-pre-wrap p-4 [overflow-wrap:anywhere]">{agent.task}</Card>
          </Section>
          {agent.result === null ? null : (
            <Section title="Result">
              <Card className="min-w-0 p-4">
                <Markdown text={agent.result} />
              </Card>
            </Section>
          )}
          <Section title="Steps" description="Each call of a model, in order.">
            {steps.length === 0 && !isOpen ? (
              <Card className="p-4 text-muted-foreground">No model was called.</Card>
            ) : (
              <Timeline steps={steps} isOpen={isOpen} />
            )}
          </Section>
          <Section title="Events" description="What followers of this agent saw, live.">
            <EventFeed events={events} hidden={["position"]} none="Nothing has happened yet." />
          </Section>
        </div>
        <Facts agent={agent} />
      </div>
    </div>
  );
}
