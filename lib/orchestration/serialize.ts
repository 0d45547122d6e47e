import type { SessionRow, ThreadRow } from "#lib/orchestration/queries";
import type { OrchestrationRow, ResultRow } from "#lib/orchestration/run-queries";
import type { Orchestration, OrchestrationResult, Session, Thread } from "#lib/orchestration/schema";
import { publicId } from "#lib/pricing/names";

/** A time as this family writes it: UTC without a zone, six decimals. */
export function naive(time: string): string {
  return `${new Date(time).toISOString().slice(0, -1)}000`;
}

/** Millionths of a US dollar as dollars. */
export const dollars = (micros: number) => micros / 1_000_000;

export function sessionDocument(row: SessionRow): Session {
  return {
    _id: row.id,
    user_id: row.userId,
    session_start: naive(row.createdAt),
    session_end: row.endedAt === null ? null : naive(row.endedAt),
    max_iterations: row.maxIterations,
    status: row.status,
    total_cost: dollars(row.totalMicros),
    settings: { preferred_models: row.preferredModels, cost_limit: row.costLimit },
    created_at: naive(row.createdAt),
    updated_at: naive(row.updatedAt),
  };
}

export function threadDocument(row: ThreadRow): Thread {
  return {
    _id: row.id,
    session_id: row.sessionId,
    original_prompt: row.originalPrompt,
    domain: row.domain,
    context: row.context,
    status: row.status,
    best_response: row.bestResponse,
    best_score: row.bestScore,
    total_cost: dollars(row.totalMicros),
    created_at: naive(row.createdAt),
    updated_at: naive(row.updatedAt),
  };
}

function resultDocument(row: ResultRow): OrchestrationResult {
  return {
    iteration: row.round,
    model_name: row.model,
    reasoning: row.reasoning ?? "",
    response: row.response ?? "",
    tokens_used: row.tokens,
    cost: dollars(row.micros ?? 0),
    evaluator_model: row.evaluator,
    score: row.score,
    feedback: row.feedback,
    ...(row.unscored && { unscored: true as const }),
  };
}

export function orchestrationDocument(row: OrchestrationRow, results: ResultRow[]): Orchestration {
  return {
    _id: row.id,
    orchestration_id: row.id,
    thread_id: row.threadId,
    session_id: row.sessionId,
    status: row.status,
    prompt: row.prompt,
    settings: {
      max_iterations: row.maxIterations,
      preferred_models: row.preferredModels,
      evaluation_threshold: row.threshold,
      candidates: row.candidates,
    },
    iterations: row.iterations,
    results: results.map(resultDocument),
    final_response: row.output,
    final_score: row.score,
    total_cost: dollars(row.totalMicros),
    stop_reason: row.stopReason,
    error: row.errorMessage,
    ...(row.simulated && { simulated: true as const }),
    ...(row.quoteId !== null && { quote_id: publicId("quote", row.quoteId) }),
    ...(row.isCutShort && { quote_limit_reached: true as const }),
    created_at: naive(row.createdAt),
    updated_at: naive(row.updatedAt),
    completed_at: row.completedAt === null ? null : naive(row.completedAt),
  };
}
