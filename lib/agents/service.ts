import { openAsked } from "#lib/agents/asked";
import { toDollars } from "#lib/agents/estimate";
import { agentStatuses } from "#lib/agents/fields";
import { type AgentWithRun, lockAgent, selectActive, selectAgent } from "#lib/agents/queries";
import type { ActiveAgents, AgentDetails, CancelledAgent } from "#lib/agents/schema";
import { encryptionOf } from "#lib/agents/sealed";
import { getBudget } from "#lib/budgets/service";
import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { cancelRunWithin } from "#lib/runs/cancel";

const activeMax = 1_000;
const idPattern = /^subagent_\d{9,12}_\d{4}$/;
const ended: readonly string[] = agentStatuses.slice(2);

async function requireAgent(ctx: Context, agentId: string): Promise<AgentWithRun> {
  const row = idPattern.test(agentId) ? await selectAgent(tenant(ctx), ctx.organizationId, agentId) : undefined;
  if (!row) throw notFound("Agent");
  return row;
}

/** An agent with its whole task and its result, readable (contract A22). Throws `not_found`. */
export async function getAgent(ctx: Context, agentId: string): Promise<AgentDetails> {
  const row = await requireAgent(ctx, agentId);
  const { privacy, read } = await encryptionOf(ctx, row.runId);
  return {
    agent_id: row.agentId,
    model: row.model,
    status: row.status,
    task: openAsked(row.input)?.task ?? row.task,
    created: row.createdAt,
    started: row.startedAt,
    completed: row.completedAt,
    result: row.output === null ? null : read(row.output),
    cost: toDollars(row.actualMicros),
    estimated_cost: toDollars(row.estimatedMicros),
    team: row.team,
    priority: row.priority,
    timeout: row.timeoutSeconds,
    error: row.error,
    quote_id: row.quoteId,
    run_id: row.runId,
    simulated: row.simulated,
    privacy: {
      detect_pii: privacy?.detectPii ?? false,
      mask_pii_in_logs: privacy?.maskPiiInLogs ?? false,
      encrypt_output: privacy?.encryptOutput ?? false,
      retention_days: privacy?.retentionDays ?? null,
      pii_found: privacy?.piiFound ?? [],
    },
  };
}

/** The agents that wait or work, newest first, and what today has cost (contract A23). */
export async function listActiveAgents(ctx: Context): Promise<ActiveAgents> {
  const [rows, budget] = await Promise.all([selectActive(tenant(ctx), ctx.organizationId, activeMax), getBudget(ctx)]);
  const agents = rows.map(({ agentId: agent_id, model, status, task }) => ({ agent_id, model, status, task }));
  return { agents, count: agents.length, total_cost_today: toDollars(budget.spent) };
}

/**
 * Cancels an agent that has not ended; whoever works on it stops within a second (contract A26). `refund` is what was held
 * for it and is free again. Throws `not_found`, and `conflict` for one that has ended.
 */
export async function cancelAgent(ctx: Context, agentId: string): Promise<CancelledAgent> {
  const { runId } = await requireAgent(ctx, agentId);
  return transaction(ctx, async (tx) => {
    const row = await lockAgent(tx, ctx.organizationId, runId);
    const over = conflict(`Agent has already ${row?.status === "cancelled" ? "been " : ""}${row?.status ?? "ended"}`);
    if (!row || ended.includes(row.status)) throw over;
    const run = { id: runId, kind: row.team ? "team" : "agent" } as const;
    if (!(await cancelRunWithin(tx, ctx, run))) throw over;
    const refund = toDollars(Math.max(0, row.estimatedMicros - row.actualMicros));
    return { success: true, message: "Agent cancelled", refund };
  });
}
