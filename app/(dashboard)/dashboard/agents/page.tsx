import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { formatNumber } from "#components/ui/format";
import { Pager } from "#components/ui/pager";
import { Page } from "#components/ui/section";
import { listAgents } from "#lib/agents/list";
import { listActiveAgents } from "#lib/agents/service";
import { listTeams } from "#lib/teams/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { plural } from "../apps/words";
import { Refresh } from "../refresh";
import { AgentFilters } from "./agent-filters";
import { AgentTable } from "./agent-table";
import { FirstAgent } from "./first-agent";
import { agentsHref, chipsOf, listQueryOf, readAgentsQuery } from "./query";
import { SpawnButton } from "./spawn-button";
import { readSpawnFacts } from "./spawn-facts";
import { StopAllButton } from "./stop-all-button";
import { formatDollars, models } from "./words";

export const metadata: Metadata = { title: "Agents" };

const perPage = 50;
const idleMs = 10_000;

export default async function AgentsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const query = readAgentsQuery(params);
  const { filter, page } = query;
  const [{ data, pagination, meta }, active, { teams }, facts] = await Promise.all([
    listAgents(ctx, listQueryOf(query, perPage)),
    listActiveAgents(ctx),
    listTeams(ctx),
    readSpawnFacts(ctx),
  ]);
  const chips = chipsOf(query);
  const isFirstUse = pagination.total === 0 && chips.length === 0;
  const modelNames = new Set([...models, ...Object.keys(meta.by_model), ...(filter.model ? [filter.model] : [])]);
  const teamNames = new Set([...teams.map(({ team }) => team), ...(filter.team ? [filter.team] : [])]);

  return (
    <Page
      title="Agents"
      description={`Tasks that models work on in the background. ${formatDollars(active.total_cost_today)} spent today, ${plural(active.count, "agent")} at work. Days are UTC.`}
      actions={
        <>
          {active.count > 0 ? <StopAllButton live={active.count} /> : null}
          <SpawnButton key={single(params.create)} facts={facts} isMain opensAtOnce={single(params.create) === "1"} />
        </>
      }
    >
      <Refresh key={active.count > 0 ? "live" : "idle"} {...(active.count === 0 && { everyMs: idleMs })} />
      {isFirstUse ? (
        <FirstAgent facts={facts} />
      ) : (
        <div className="grid grid-cols-1 gap-3">
          <AgentFilters filter={filter} models={[...modelNames].toSorted()} teams={[...teamNames].toSorted()} />
          <FilterChips chips={chips} clear="/dashboard/agents" />
          {data.length > 0 ? (
            <AgentTable agents={data} query={query} />
          ) : page > 1 ? (
            <EmptyState
              title="The list ends before this page"
              action={<ButtonLink href={agentsHref(query, {})}>To the first page</ButtonLink>}
            >
              There is nothing this far down.
            </EmptyState>
          ) : (
            <EmptyState
              title="No agent matches"
              action={<ButtonLink href="/dashboard/agents">Clear the filter</ButtonLink>}
            >
              No agent of this organization looks like this.
            </EmptyState>
          )}
          <p aria-live="polite" className="text-muted-foreground text-xs">
            {pagination.total > 0
              ? `${data.length} of ${formatNumber(pagination.total)} shown; together they cost ${formatDollars(meta.total_cost)}.`
              : null}
          </p>
          <Pager
            label="Pages of the agents"
            page={page}
            hasNext={pagination.has_more}
            hrefOf={(next) => agentsHref(query, { page: next })}
          />
        </div>
      )}
    </Page>
  );
}
