import type { AgentPriority, AgentStatus } from "#lib/agents/fields";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";

export type AgentRow = {
  runId: string;
  agentId: string;
  status: AgentStatus;
  model: string;
  team: string | null;
  task: string;
  priority: AgentPriority;
  timeoutSeconds: number;
  estimatedMicros: number;
  actualMicros: number;
  heldMicros: number;
  /** The UTC day whose budget pays. */
  budgetDay: string;
  simulated: boolean;
  quoteId: string | null;
  quoteInputTokens: number | null;
  quoteOutputTokens: number | null;
  /** Whose live agents it counts among: `key:<id>` or `user:<id>`. */
  owner: string;
  error: string | null;
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
};

export const agentColumns: Sql = sql`a.run_id, a.agent_id, a.status, a.model, a.team, a.task, a.priority,
  a.timeout_seconds, a.estimated_micros, a.actual_micros, a.held_micros, to_char(a.budget_day, 'YYYY-MM-DD') as budget_day,
  a.simulated, a.quote_id, a.quote_input_tokens, a.quote_output_tokens, a.owner, a.error, a.created_at, a.started_at, a.completed_at`;

export type NewAgent = Pick<
  AgentRow,
  | "runId"
  | "agentId"
  | "model"
  | "team"
  | "task"
  | "priority"
  | "timeoutSeconds"
  | "estimatedMicros"
  | "quoteId"
  | "quoteInputTokens"
  | "quoteOutputTokens"
  | "owner"
>;

/** Stores an agent whose run is there; its estimate is held in the same transaction. Nothing when its id is taken. */
export function insertAgent(tx: Tx, organizationId: string, agent: NewAgent): Promise<{ agentId: string } | undefined> {
  return tx.maybe(sql`
    insert into agents (run_id, organization_id, agent_id, status, model, team, task, priority, timeout_seconds, owner,
      estimated_micros, held_micros, budget_day, quote_id, quote_input_tokens, quote_output_tokens)
    values (${agent.runId}, ${organizationId}, ${agent.agentId}, 'spawning', ${agent.model}, ${agent.team}, ${agent.task},
      ${agent.priority}, ${agent.timeoutSeconds}, ${agent.owner}, ${agent.estimatedMicros}, ${agent.estimatedMicros},
      (now() at time zone 'UTC')::date, ${agent.quoteId}, ${agent.quoteInputTokens}, ${agent.quoteOutputTokens})
    on conflict (organization_id, agent_id) do nothing
    returning agent_id`);
}

/** How many agents of an owner are live. Exact within a transaction that holds budget: those of one organization wait. */
export function selectLiveCount(tx: Tx, organizationId: string, owner: string): Promise<{ live: number }> {
  return tx.one(sql`
    select count(*) as live from agents
    where organization_id = ${organizationId} and owner = ${owner} and status in ('spawning', 'running')`);
}

const ofRun = (organizationId: string, runId: string) =>
  sql`a.organization_id = ${organizationId} and a.run_id = ${runId}`;

/** Keeps an agent as it is until the transaction ends. It always comes before the run's row and the budget's. */
export function lockAgent(tx: Tx, organizationId: string, runId: string): Promise<AgentRow | undefined> {
  return tx.maybe(sql`select ${agentColumns} from agents a where ${ofRun(organizationId, runId)} for update`);
}

export function selectAgentOfRun(tx: Tx, organizationId: string, runId: string): Promise<AgentRow | undefined> {
  return tx.maybe(sql`select ${agentColumns} from agents a where ${ofRun(organizationId, runId)}`);
}

export type AgentWithRun = AgentRow & { input: unknown; output: string | null };

/** An agent with what it was asked and what it answered, as they are stored. */
export function selectAgent(tx: Tx, organizationId: string, agentId: string): Promise<AgentWithRun | undefined> {
  return tx.maybe(sql`
    select ${agentColumns}, r.input, r.output
    from agents a join runs r on r.id = a.run_id and r.organization_id = a.organization_id
    where a.organization_id = ${organizationId} and a.agent_id = ${agentId}`);
}

export function updateToStarted(tx: Tx, organizationId: string, runId: string): Promise<number> {
  return tx.run(sql`
    update agents a set status = 'running', started_at = coalesce(started_at, now()) where ${ofRun(organizationId, runId)}`);
}

/** Moves a part of what the agent holds to what it has cost. */
export function updateSpent(
  tx: Tx,
  organizationId: string,
  runId: string,
  { spent, released }: { spent: number; released: number },
): Promise<number> {
  return tx.run(sql`
    update agents a set actual_micros = actual_micros + ${spent}::bigint, held_micros = held_micros - ${released}::bigint
    where ${ofRun(organizationId, runId)}`);
}

export type AgentEnd = { status: AgentStatus; simulated: boolean; error: string | null };

export function updateToEnded(tx: Tx, organizationId: string, runId: string, end: AgentEnd): Promise<number> {
  return tx.run(sql`
    update agents a set status = ${end.status}, simulated = ${end.simulated}, error = ${end.error}, completed_at = now()
    where ${ofRun(organizationId, runId)}`);
}

export type LiveAgent = Pick<AgentRow, "agentId" | "model" | "status" | "task">;

export function selectActive(tx: Tx, organizationId: string, limit: number): Promise<LiveAgent[]> {
  return tx.all(sql`
    select agent_id, model, status, task from agents
    where organization_id = ${organizationId} and status in ('spawning', 'running')
    order by created_at desc, agent_id desc limit ${limit}`);
}

/** Adds to the kinds of personal data that were found in what an agent was asked and answered. */
export function addPiiFound(tx: Tx, organizationId: string, runId: string, kinds: readonly string[]): Promise<number> {
  return tx.run(sql`
    update run_privacy set pii_found = array(select distinct unnest(pii_found || ${[...kinds]}::text[]) order by 1)
    where organization_id = ${organizationId} and run_id = ${runId}`);
}
