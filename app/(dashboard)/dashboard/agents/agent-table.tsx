import { Badge } from "#components/ui/badge";
import { cn } from "#components/ui/cn";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { ListedAgent } from "#lib/agents/schema";
import { type AgentsQuery, agentsHref } from "./query";
import { AgentBadge } from "./status-badge";
import { formatDollars, isLive } from "./words";

/** The agents of a page of the list. Each leads to its own page. */
export function AgentTable({ agents, query }: { agents: ListedAgent[]; query: AgentsQuery }) {
  return (
    <Table label="Agents">
      <thead>
        <tr>
          <Th>Task</Th>
          <SortTh query={query} sort="status">
            Status
          </SortTh>
          <Th>Model</Th>
          <Th className="text-right">Estimate</Th>
          <SortTh query={query} sort="cost" className="text-right">
            Cost
          </SortTh>
          <SortTh query={query} sort="created_at" className="text-right">
            Spawned
          </SortTh>
        </tr>
      </thead>
      <tbody>
        {agents.map((agent) => (
          <Tr key={agent.agent_id}>
            <Td className="sm:w-2/5">
              <span className="grid min-w-0">
                <Link
                  href={`/dashboard/agents/${agent.agent_id}`}
                  className="line-clamp-2 rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
                >
                  {agent.task}
                  <span className="sr-only">, open the agent</span>
                </Link>
                <span className="truncate font-mono text-muted-foreground text-xs">{agent.agent_id}</span>
              </span>
            </Td>
            <Td label="Status">
              <span className="inline-flex flex-wrap gap-1">
                <AgentBadge status={agent.status} />
                {agent.simulated ? <Badge tone="warning">Simulated</Badge> : null}
              </span>
            </Td>
            <Td label="Model">
              {agent.team ? (
                <span className="grid min-w-0">
                  <span className="[overflow-wrap:anywhere]">{agent.team}</span>
                  <span className="text-muted-foreground text-xs">first {agent.model}</span>
                </span>
              ) : (
                agent.model
              )}
            </Td>
            <Td label="Estimate" className="text-muted-foreground tabular-nums sm:text-right">
              {formatDollars(agent.estimated_cost)}
            </Td>
            <Td label="Cost" className="tabular-nums sm:text-right">
              {isLive(agent.status) && agent.actual_cost === 0 ? "–" : formatDollars(agent.actual_cost)}
            </Td>
            <Td label="Spawned" className="text-muted-foreground sm:text-right">
              <RelativeTime value={agent.created_at} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

type SortThProps = { query: AgentsQuery; sort: "status" | "cost" | "created_at"; className?: string; children: string };

/** A head that sorts by its column, from the top first; a second press turns it round. */
function SortTh({ query, sort, className, children }: SortThProps) {
  const current = query.filter.sort;
  const isDown = current === `-${sort}`;
  const isCurrent = isDown || current === sort;
  return (
    <Th className={className} aria-sort={isCurrent ? (isDown ? "descending" : "ascending") : undefined}>
      <Link
        href={agentsHref(query, { sort: isDown ? sort : `-${sort}` })}
        scroll={false}
        className={cn("rounded-sm hover:text-foreground", isCurrent && "text-foreground")}
      >
        {children}
        <span aria-hidden>{isCurrent ? (isDown ? " ↓" : " ↑") : ""}</span>
      </Link>
    </Th>
  );
}
