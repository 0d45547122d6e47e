import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import {
  type SessionSums,
  selectSessionSums,
  selectUserSums,
  type UserSums,
} from "#lib/orchestration/analytics-queries";
import { isOid } from "#lib/orchestration/oid";
import { dollars, naive } from "#lib/orchestration/serialize";
import type { SessionAnalytics, UserAnalytics } from "#lib/orchestration/view-schema";

function sumsDocument(sums: SessionSums | UserSums) {
  return {
    user_id: sums.userId,
    thread_count: sums.threadCount,
    orchestration_count: sums.orchestrationCount,
    completed_count: sums.completedCount,
    failed_count: sums.failedCount,
    total_iterations: sums.totalIterations,
    average_score: sums.averageScore,
    best_score: sums.bestScore,
    total_tokens: sums.totalTokens,
    total_cost: dollars(sums.totalMicros),
    models_used: sums.models.map(({ model, calls, tokens, micros, average }) => ({
      model_name: model,
      calls,
      tokens_used: tokens,
      cost: dollars(micros),
      average_score: average,
    })),
    generated_at: naive(new Date().toISOString()),
  };
}

/** X12. Throws `not_found`. */
export async function getSessionAnalytics(ctx: Context, id: string): Promise<SessionAnalytics> {
  const sums = isOid(id) ? await selectSessionSums(tenant(ctx), ctx, id) : undefined;
  if (!sums) throw notFound("Session");
  const duration_seconds = Math.round(sums.seconds * 1_000) / 1_000;
  return { session_id: sums.id, status: sums.status, duration_seconds, ...sumsDocument(sums) };
}

/** X13. An unknown user has done nothing. */
export async function getUserAnalytics(ctx: Context, userId: string): Promise<UserAnalytics> {
  const sums = await selectUserSums(tenant(ctx), ctx, userId);
  return { session_count: sums.sessionCount, active_sessions: sums.activeSessions, ...sumsDocument(sums) };
}
