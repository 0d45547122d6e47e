import type { Context } from "#lib/context";
import { type Tx, tenant, together } from "#lib/db/transaction";
import { AppError, notFound, unavailable } from "#lib/errors";
import { microsPerCredit } from "#lib/ledger/schema";
import { accessOf } from "#lib/models/access";
import { estimateTokens } from "#lib/models/catalogue";
import { type Candidate, candidateOf, getModel, isActive, listCandidates } from "#lib/models/service";
import { sessionBudget } from "#lib/orchestration/budget";
import { appendToFeed, endOrchestration, lockSessionOfRun } from "#lib/orchestration/end-queries";
import { selectThread } from "#lib/orchestration/queries";
import { type OrchestrationRow, type StopReason, selectOrchestrationOfRun } from "#lib/orchestration/run-queries";
import { countJudgement, countStep } from "#lib/orchestration/score-queries";
import { choicesOf, type Ranked } from "#lib/orchestration/select";
import { dollars } from "#lib/orchestration/serialize";
import { findCeiling, realiseRun } from "#lib/pricing/realised/service";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import { defineKind, type TaskParts } from "#lib/runs/kind";
import { insertRunEvent } from "#lib/runs/queries";
import { Allowance, leastTokens, usedUpReason, withinAllowance } from "#lib/runs/strategies/allowance";
import { type StopReason as RoundsEnd, type RoundsResult, rounds } from "#lib/runs/strategies/rounds";

/** What is kept with the run: what was asked, and the order of its candidates as it was decided at the start. */
export type OrchestrationInput = { prompt: string; domain: string; ranking: Ranked[] };

const instructions =
  "Answer the request as well as you can: correctly, completely and to the point. Say so where you do not know.";

/** What models are asked: the prompt, and what its thread says beside it. */
function questionOf(prompt: string, context: string | null | undefined): string {
  return context ? `${prompt}\n\n<context>\n${context}\n</context>` : prompt;
}

/** The tokens that an orchestration takes at least: each answer of its first round, and the judgements. */
export function leastWork(prompt: string, context: string | null, candidates: number) {
  const sent = estimateTokens(instructions.length + questionOf(prompt, context).length);
  return { inputTokensMin: candidates * sent, outputTokensMin: 2 * candidates * leastTokens };
}

const stopReasons: Record<RoundsEnd, StopReason | null> = {
  threshold: "threshold",
  max_iterations: "max_iterations",
  cost_limit: "cost_limit",
  quote_limit: "cost_limit",
  time_limit: null,
  failure: "error",
};

/** Failures of a run that may spend no more. */
const limits: ReadonlySet<string> = new Set(["cost_limit", usedUpReason.toLowerCase()]);

async function candidatesOf(ctx: Context, ranking: readonly Ranked[]): Promise<Candidate[]> {
  const access = await accessOf(ctx);
  const models = ranking.map(({ model }) => getModel(model, access)).filter((model) => isActive(model, access));
  return models.map((model) => candidateOf(model, access));
}

/** Who may judge: the candidates themselves where nobody else is there. */
async function evaluatorsOf(ctx: Context, candidates: Candidate[]): Promise<Candidate[]> {
  try {
    return await listCandidates(ctx);
  } catch (error) {
    if (error instanceof AppError && error.reason === "PROVIDER_NOT_CONFIGURED") return candidates;
    throw error;
  }
}

async function requireRow(ctx: Context, runId: string): Promise<OrchestrationRow> {
  const row = await selectOrchestrationOfRun(tenant(ctx), ctx, runId);
  if (!row) throw notFound("Orchestration");
  return row;
}

async function begin(ctx: Context, run: { id: string; input: unknown }, parts: TaskParts) {
  const { prompt, domain, ranking } = run.input as OrchestrationInput;
  const row = await requireRow(ctx, run.id);
  const thread = await selectThread(tenant(ctx), ctx, row.threadId);
  const candidates = await candidatesOf(ctx, ranking);
  if (candidates.length === 0) throw unavailable("None of the models that may answer is active on this instance.");
  const [evaluators, ceiling] = await Promise.all([
    evaluatorsOf(ctx, candidates),
    findCeiling(tenant(ctx), ctx, run.id),
  ]);
  const content = questionOf(prompt, thread?.context);
  const { signal, deadline, tell: told } = parts;
  const allowance = ceiling && new Allowance(ceiling);
  const messages = [{ role: "user" as const, content }];
  const task = { ctx, instructions, messages, candidates, ...parts, ...(allowance && { allowance }) };
  const strategy = rounds(task, {
    roundsMax: row.maxIterations,
    threshold: row.threshold,
    candidates: row.candidates,
    choose: (_, used) => choicesOf(ranking, candidates, used),
    judging: { domain, evaluators },
    budget: sessionBudget(ctx, run.id, { characters: content.length, candidates: row.candidates, deadline, signal }),
  });
  return withinAllowance(strategy, allowance, told);
}

/** Tells the run's followers and those of its session. */
async function tell(tx: Tx, ctx: Context, runId: string, type: string, data: Record<string, unknown>): Promise<void> {
  const stored = await insertRunEvent(tx, ctx, runId, type, data, type);
  if (stored) await appendToFeed(tx, ctx, runId, stored.sequence);
}

function judgementOf({ round, position, score, unscored }: Record<string, unknown>) {
  return { round: Number(round), position: Number(position), score: unscored ? null : Number(score) };
}

/** How orchestrations of document 002 are carried out, and what must be true with each thing that happens in one. */
export const orchestrationKind = defineKind<RoundsResult>({
  lock: lockSessionOfRun,
  begin,
  started: (tx, ctx, runId) => tell(tx, ctx, runId, "orchestration_started", {}),
  stepped: (tx, ctx, runId, step) => countStep(tx, ctx, runId, step),
  told(tx, ctx, runId, { type, sequence, data }) {
    const counting = type === "evaluation_completed" ? countJudgement(tx, ctx, runId, judgementOf(data)) : undefined;
    return together([counting, appendToFeed(tx, ctx, runId, sequence)]);
  },
  async complete(tx, ctx, runId, { result, steps, chargedMicros }) {
    const { output, score, model, stopReason } = result;
    const end = { outcome: "completed", stopReason: stopReasons[stopReason], iterations: result.rounds } as const;
    const ended = await endOrchestration(tx, ctx, runId, { ...end, output, score });
    const total_cost = dollars(ended.totalMicros);
    const told = { final_response: output, iterations: ended.iterations, final_score: score ?? 0, total_cost };
    const details = { model, runId, costMicros: providerCost(steps) };
    const credits = chargedMicros > 0 ? chargedMicros / microsPerCredit : undefined;
    const { id: orchestration_id, sessionId: session_id, threadId: thread_id, iterations } = ended;
    const seen = { orchestration_id, session_id, thread_id, iterations, final_score: score, total_cost };
    await together([
      realiseRun(tx, ctx, runId),
      tell(tx, ctx, runId, "orchestration_completed", told),
      recordUsage(tx, ctx, "invocation", `Orchestration with ${model}`, credits, details),
      recordEvent(tx, ctx, "orchestration.completed", seen),
    ]);
  },
  async fail(tx, ctx, runId, { status, errorCode, errorMessage }) {
    const stopReason = status === "cancelled" ? null : limits.has(errorCode) ? "cost_limit" : "error";
    const { id, sessionId, threadId } = await endOrchestration(tx, ctx, runId, { outcome: status, stopReason });
    const seen = { orchestration_id: id, session_id: sessionId, thread_id: threadId, error: errorMessage };
    await together([
      realiseRun(tx, ctx, runId),
      tell(tx, ctx, runId, "orchestration_failed", { error: errorMessage }),
      recordEvent(tx, ctx, `orchestration.${status}`, seen),
    ]);
  },
});
