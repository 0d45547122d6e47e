import {
  type AgentRow,
  addPiiFound,
  lockAgent,
  selectAgentOfRun,
  updateToEnded,
  updateToStarted,
} from "#lib/agents/queries";
import { encryptionOf } from "#lib/agents/sealed";
import { release, simulatedBill, spend } from "#lib/agents/settle";
import { tellAgent } from "#lib/agents/tell";
import { begin } from "#lib/agents/work";
import { audit } from "#lib/audit/service";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { microsPerCredit } from "#lib/ledger/schema";
import { microsToDollars } from "#lib/pricing/decimal";
import { realiseQuote } from "#lib/pricing/realised/service";
import { detectPii, maskPii } from "#lib/privacy/pii";
import { recordUsage } from "#lib/records/service";
import { defineKind } from "#lib/runs/kind";
import { selectRun } from "#lib/runs/queries";
import type { StrategyResult } from "#lib/runs/strategies/step";

async function requireAgent(tx: Tx, ctx: Context, runId: string): Promise<AgentRow> {
  const row = await selectAgentOfRun(tx, ctx.organizationId, runId);
  if (!row) throw notFound("Agent");
  return row;
}

/** What was asked of providers, in the books: the cost of simulated work is in the agent's own row only. */
async function account(tx: Tx, ctx: Context, row: AgentRow, realMicros: number, chargedMicros: number): Promise<void> {
  const details = { model: row.model, runId: row.runId, costMicros: realMicros };
  const credits = chargedMicros > 0 ? chargedMicros / microsPerCredit : undefined;
  const what = row.team ? `Team ${row.team}` : `Agent with ${row.model}`;
  await recordUsage(tx, ctx, "invocation", `${what}: ${row.agentId}`, credits, details);
}

async function realise(tx: Tx, ctx: Context, { quoteId, runId }: AgentRow, micros: number): Promise<void> {
  if (!quoteId) return;
  const run = await selectRun(tx, ctx, runId);
  const tokens = { inputTokens: run?.inputTokens ?? 0, outputTokens: run?.outputTokens ?? 0 };
  await realiseQuote(tx, ctx, runId, micros, tokens);
}

/** What web hooks are told of a result, and what it holds of personal data. */
async function lookAt(tx: Tx, ctx: Context, runId: string, output: string): Promise<string | null> {
  const { privacy, read } = await encryptionOf({ ...ctx, tx }, runId);
  const text = read(output);
  if (privacy?.detectPii) await addPiiFound(tx, ctx.organizationId, runId, detectPii(text));
  if (privacy?.encryptOutput) return null;
  return privacy?.maskPiiInLogs ? maskPii(text) : text;
}

/** How agents and teams of document 004 are carried out, and what must be true with each thing that happens in one. */
export const agentKind = defineKind<StrategyResult>({
  lock: (tx, ctx, runId) => lockAgent(tx, ctx.organizationId, runId),
  begin,
  async started(tx, ctx, runId) {
    await updateToStarted(tx, ctx.organizationId, runId);
    await tellAgent(tx, ctx, "agent.started", await requireAgent(tx, ctx, runId));
  },
  async stepped(tx, ctx, runId, { simulated, costMicros }) {
    if (!simulated && costMicros) await spend(tx, ctx, await requireAgent(tx, ctx, runId), costMicros);
  },
  async complete(tx, ctx, runId, { result, steps, chargedMicros }) {
    const before = await requireAgent(tx, ctx, runId);
    const bill = simulatedBill(before.estimatedMicros, steps);
    await spend(tx, ctx, before, bill, true);
    await release(tx, ctx, before, before.heldMicros - Math.min(before.heldMicros, bill));
    const simulated = steps.some((step) => step.simulated);
    await updateToEnded(tx, ctx.organizationId, runId, { status: "completed", simulated, error: null });
    await account(tx, ctx, before, before.actualMicros, chargedMicros);
    const cost = before.actualMicros + bill;
    await realise(tx, ctx, before, cost);
    const told = await lookAt(tx, ctx, runId, result.output);
    await tellAgent(tx, ctx, "agent.completed", before, { cost, result: told, simulated });
    const details = { model: before.model, cost: microsToDollars(cost), simulated };
    await audit(tx, ctx, { event: "agent.complete", resource: { type: "agent", id: before.agentId }, details });
  },
  async fail(tx, ctx, runId, { status, errorMessage }) {
    const row = await requireAgent(tx, ctx, runId);
    await release(tx, ctx, row, row.heldMicros);
    const error = status === "cancelled" ? null : errorMessage;
    await updateToEnded(tx, ctx.organizationId, runId, { status, simulated: row.simulated, error });
    if (row.actualMicros > 0) await account(tx, ctx, row, row.actualMicros, 0);
    await realise(tx, ctx, row, row.actualMicros);
    const outcome = { cost: row.actualMicros, ...(status === "failed" && { error: errorMessage }) };
    await tellAgent(tx, ctx, `agent.${status}`, row, outcome);
    const details = { model: row.model, status, ...(error && { error }) };
    const severity = status === "failed" ? "warning" : "info";
    await audit(tx, ctx, { event: "agent.fail", resource: { type: "agent", id: row.agentId }, details, severity });
  },
});
