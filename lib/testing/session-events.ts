import { randomUUID } from "node:crypto";
import type { Context } from "#lib/context";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { appendToFeed } from "#lib/orchestration/end-queries";
import { startOrchestration } from "#lib/orchestration/orchestrations";
import { CreateSession, CreateThread, StartOrchestration } from "#lib/orchestration/schema";
import { createSession, createThread } from "#lib/orchestration/service";

/** A session with an orchestration that nobody works on, for events of the test's own. */
export async function quietSession(ctx: Context): Promise<{ sessionId: string; runId: string }> {
  const { _id: sessionId } = await createSession(ctx, CreateSession.parse({ user_id: randomUUID() }));
  const thread = await createThread(ctx, CreateThread.parse({ session_id: sessionId, original_prompt: "Quiet." }));
  const { _id: id } = await startOrchestration(ctx, StartOrchestration.parse({ thread_id: thread._id }));
  const { runId } = await system.one<{ runId: string }>(sql`select run_id from orchestrations where id = ${id}`);
  return { sessionId, runId };
}

/** Commits one event of a session's feed. `number` is its number in the run; it goes along with the time of its begin. */
export function commitEvent(ctx: Context, runId: string, number: number): Promise<void> {
  const data = { model_name: "codex", response_preview: `answer ${number}`, tokens_used: number, sent_at: Date.now() };
  return transaction(ctx, async (tx) => {
    await tx.run(sql`
      insert into run_events (run_id, sequence, organization_id, type, data)
      values (${runId}, ${number}, ${ctx.organizationId}, 'response_generated', ${JSON.stringify(data)})`);
    await appendToFeed(tx, ctx, runId, number);
  });
}
