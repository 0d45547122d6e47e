import { randomInt } from "node:crypto";
import { sealAsked } from "#lib/agents/asked";
import { toDollars } from "#lib/agents/estimate";
import { type Order, orderAgent, orderTeam } from "#lib/agents/order";
import { insertAgent, selectLiveCount } from "#lib/agents/queries";
import type { Spawn, SpawnBatch, Spawned, SpawnedBatch, SpawnedTeam, SpawnTeam } from "#lib/agents/schema";
import { tellAgent } from "#lib/agents/tell";
import { audit } from "#lib/audit/service";
import { checkBudget, holdBudget } from "#lib/budgets/hold";
import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { type Tx, transaction } from "#lib/db/transaction";
import { AppError, invalid, rateLimited } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { estimateTokens } from "#lib/models/catalogue";
import { attachQuote } from "#lib/pricing/realised/service";
import { maskPii } from "#lib/privacy/pii";
import { protectRun } from "#lib/privacy/service";
import { enqueueRun, priorities } from "#lib/runs/worker";

/** Live agents of one key at a time (contract A19). */
const liveMax = 25;
const liveRetrySeconds = 10;
const previewCharacters = 100;
const idTries = 50;

const ownerOf = (ctx: Context) => (keyIdOf(ctx) ? `key:${keyIdOf(ctx)}` : `user:${userIdOf(ctx) ?? "system"}`);
const newAgentId = () => `subagent_${Math.floor(Date.now() / 1_000)}_${String(randomInt(10_000)).padStart(4, "0")}`;
const firstCharacters = (text: string) =>
  [...text.slice(0, previewCharacters * 2)].slice(0, previewCharacters).join("");

/** Masked as a whole before it is cut: half an address is personal data as well. */
function previewOf({ task, privacy }: Order["spawn"]): string {
  return firstCharacters(privacy.mask_pii_in_logs ? maskPii(task) : task);
}

/** Puts the run under its quote. Answers the tokens that the quote allows. */
async function quoteTokens(tx: Tx, ctx: Context, { quote_id, task }: Order["spawn"], runId: string) {
  if (!quote_id) return { quoteInputTokens: null, quoteOutputTokens: null };
  const { inputTokens, outputTokens } = await attachQuote(tx, ctx, quote_id, runId);
  const needed = estimateTokens(task.length);
  if (needed > inputTokens) {
    const message = `The task takes ${needed} input tokens; the quote allows ${inputTokens}.`;
    throw invalid([{ field: "quote_id", message }]);
  }
  return { quoteInputTokens: inputTokens, quoteOutputTokens: outputTokens };
}

/** Stores one agent with its run, job, audit entry and events. */
async function store(tx: Tx, ctx: Context, order: Order): Promise<string> {
  const { spawn, model, team, estimatedMicros } = order;
  const runId = uuidv7();
  const task = previewOf(spawn);
  await enqueueRun(tx, ctx, runId, {
    kind: team ? "team" : "agent",
    strategy: team ? "team" : "single",
    model: model.name,
    input: sealAsked(order.asked),
    priority: priorities[spawn.priority],
  });
  const quoted = await quoteTokens(tx, ctx, spawn, runId);
  const facts = { runId, model: model.name, team, task, priority: spawn.priority, owner: ownerOf(ctx) };
  const figures = { timeoutSeconds: spawn.timeout, estimatedMicros, quoteId: spawn.quote_id ?? null, ...quoted };
  let made: { agentId: string } | undefined;
  for (let tries = 0; !made && tries < idTries; tries++) {
    made = await insertAgent(tx, ctx.organizationId, { ...facts, ...figures, agentId: newAgentId() });
  }
  if (!made) throw new AppError("unavailable", "Too many agents were spawned this second. Try again.");
  const { agentId } = made;
  await protectRun(tx, ctx, { runId, agentId, task: spawn.task, privacy: spawn.privacy });
  await tellAgent(tx, ctx, "agent.spawned", { agentId, model: model.name, team, task, runId });
  const details = {
    model: model.name,
    ...(team && { team }),
    priority: spawn.priority,
    estimated_cost: toDollars(estimatedMicros),
  };
  await audit(tx, ctx, { event: "agent.spawn", resource: { type: "agent", id: agentId }, details });
  return agentId;
}

/**
 * Stores agents of one team, or of none: all of them or none. Budget and live agents come last, because those of an
 * organization wait for each other there. Throws `rate_limited`.
 */
async function storeAll(ctx: Context, orders: readonly Order[]): Promise<string[]> {
  const micros = orders.reduce((sum, order) => sum + order.estimatedMicros, 0);
  await checkBudget(ctx, micros);
  return transaction(ctx, async (tx) => {
    const ids: string[] = [];
    for (const order of orders) ids.push(await store(tx, ctx, order));
    await holdBudget(tx, ctx, { keyId: keyIdOf(ctx), team: orders[0]?.team ?? null }, micros);
    const { live } = await selectLiveCount(tx, ctx.organizationId, ownerOf(ctx));
    if (live > liveMax)
      throw rateLimited(
        liveRetrySeconds,
        `At most ${liveMax} agents of one key may be live at a time; ${live - ids.length} are.`,
      );
    return ids;
  });
}

const spawnedFields = ({ model, estimatedMicros }: Order, agent_id = "") => ({
  agent_id,
  model: model.name,
  status: "spawning" as const,
  estimated_cost: toDollars(estimatedMicros),
});

/**
 * Spawns an agent that works in the background (contract A19). Throws `validation`, and `rate_limited` when the day's budget
 * does not cover its estimate, 25 agents of the key are live, or its provider's hour is used up.
 */
export async function spawnAgent(ctx: Context, spawn: Spawn): Promise<Spawned> {
  const order = await orderAgent(ctx, spawn);
  const [agentId] = await storeAll(ctx, [order]);
  return { success: true, ...spawnedFields(order, agentId) };
}

/** Spawns a team under one agent id; it costs the sum of its members (contract A20). Throws as `spawnAgent` does. */
export async function spawnTeam(ctx: Context, spawn: SpawnTeam): Promise<SpawnedTeam> {
  const order = await orderTeam(ctx, spawn);
  const [agentId] = await storeAll(ctx, [order]);
  const { agent_id, status, estimated_cost } = spawnedFields(order, agentId);
  return { success: true, agent_id, team: spawn.team, models: order.models, status, estimated_cost };
}

/** How many hourly calls the agents of a team are counted as. */
export async function teamSize(ctx: Context, spawn: SpawnTeam): Promise<number> {
  return (await orderTeam(ctx, spawn)).models.length;
}

/** What is wrong with one of several, with its place. */
function placed(error: unknown, index: number): unknown {
  if (!(error instanceof AppError) || error.code !== "validation") return error;
  return invalid([{ field: `agents[${index}]`, message: `agents[${index}]: ${error.message}` }]);
}

/** Spawns up to 20 agents, all or none (contract L2). Throws as `spawnAgent` does, with `agents[i]: ` before what is wrong. */
export async function spawnBatch(ctx: Context, { agents }: SpawnBatch): Promise<SpawnedBatch> {
  const orders: Order[] = [];
  for (const [index, spawn] of agents.entries()) {
    orders.push(
      await orderAgent(ctx, spawn).catch((error: unknown) => {
        throw placed(error, index);
      }),
    );
  }
  const ids = await storeAll(ctx, orders);
  return {
    success: true,
    agents: orders.map((order, index) => spawnedFields(order, ids[index])),
    count: orders.length,
    total_estimated_cost: toDollars(orders.reduce((sum, { estimatedMicros }) => sum + estimatedMicros, 0)),
  };
}
