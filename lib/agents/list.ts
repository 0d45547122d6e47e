import { toDollars } from "#lib/agents/estimate";
import { type AgentRow, agentColumns } from "#lib/agents/queries";
import type { AgentList, ListedAgent } from "#lib/agents/schema";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { transaction } from "#lib/db/transaction";
import { linksOf, pageRows, paginate } from "#lib/list/page";
import { readList } from "#lib/list/query";
import type { ListSpec } from "#lib/list/spec";

/** How agents may be filtered, sorted and paged (contract A21). `cost` is what they have really cost. */
export const agentListSpec: ListSpec = {
  fields: {
    agent_id: { type: "text", column: sql`a.agent_id` },
    status: { type: "text", column: sql`a.status` },
    model: { type: "text", column: sql`a.model` },
    team: { type: "text", column: sql`a.team`, isNullable: true },
    task: { type: "text", column: sql`a.task` },
    priority: { type: "text", column: sql`a.priority` },
    cost: { type: "number", column: sql`a.actual_micros`, scale: 1_000_000 },
    created_at: { type: "time", column: sql`a.created_at` },
  },
  sorts: ["created_at", "cost", "status"],
  defaultSort: "-created_at",
  id: "agent_id",
  created: "created_at",
  shorthands: ["status", "model", "team", "created_after", "created_before", "cost_gt", "cost_lt"],
  rows: (organizationId) => sql`from agents a where a.organization_id = ${organizationId}`,
};

export type AgentQuery = Readonly<Record<string, string | undefined>>;

export function listedAgent(row: AgentRow): ListedAgent {
  return {
    agent_id: row.agentId,
    model: row.model,
    status: row.status,
    task: row.task,
    team: row.team,
    created_at: row.createdAt,
    started_at: row.startedAt,
    estimated_cost: toDollars(row.estimatedMicros),
    actual_cost: toDollars(row.actualMicros),
    simulated: row.simulated,
  };
}

/** A page of the agents that fit the filter, with sums over all that fit. Throws `validation` for what cannot be read. */
export function listAgents(ctx: Context, query: AgentQuery): Promise<AgentList> {
  const { organizationId } = ctx;
  const list = readList(agentListSpec, organizationId, query);
  const from = agentListSpec.rows(organizationId);
  return transaction(ctx, async (tx) => {
    const [groups, rows] = await Promise.all([
      tx.all<{ model: string; agents: number; micros: number }>(sql`
        select a.model, count(*) as agents, sum(a.actual_micros)::bigint as micros ${from} and ${list.where}
        group by a.model order by a.model limit 1000`),
      tx.all<AgentRow>(sql`
        select ${agentColumns} ${from} and ${list.pageWhere} order by ${list.orderBy} ${list.paging}`),
    ]);
    const total = groups.reduce((sum, { agents }) => sum + agents, 0);
    const micros = groups.reduce((sum, group) => sum + group.micros, 0);
    const pagination = paginate(list, rows, total, ({ agentId }) => agentId);
    return {
      data: pageRows(list, rows).map(listedAgent),
      pagination,
      links: linksOf("/agents", list, pagination, query.cursor),
      meta: {
        total_cost: toDollars(micros),
        by_model: Object.fromEntries(groups.map(({ model, agents }) => [model, agents])),
      },
    };
  });
}
