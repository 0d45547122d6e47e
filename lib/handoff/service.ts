import { requireAccount } from "#lib/account-pool/service";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { notFound } from "#lib/errors";
import { handoffBriefing, smartBriefing } from "#lib/handoff/briefings";
import { type Compressed, compressByLevel, compressForBriefing, statsOf } from "#lib/handoff/lines";
import { type HandoffRow, insertHandoff, type NewHandoff, selectHandoff, selectHandoffs } from "#lib/handoff/queries";
import type {
  Briefing,
  Compress,
  Handoff,
  HandoffAnswer,
  HandoffQuery,
  Handoffs,
  SmartBriefing,
  SmartCompress,
} from "#lib/handoff/schema";
import { writeVerified } from "#lib/handoff/verified/service";
import { countKnowledgeUse } from "#lib/knowledge/service";
import { requireProject, workOn } from "#lib/projects/service";
import { recordEvent } from "#lib/records/service";
import { findLatestSession, updateSession } from "#lib/work-sessions/service";
import { sqlTime } from "#lib/workdesk/sql-time";

const listMax = 50;

/** Stores a hand-over with the knowledge that goes along with it, and tells of it. */
async function store(tx: Tx, ctx: Context, made: NewHandoff, knowledgeIds: readonly number[] = []): Promise<number> {
  const used = await countKnowledgeUse(tx, ctx, knowledgeIds);
  const { id } = await insertHandoff(tx, ctx.organizationId, made, used);
  await recordEvent(tx, ctx, "handoff.created", { handoff_id: id, project_id: made.projectId, kind: made.kind });
  return id;
}

/** What a model wrote in place of the documented briefing, and how well it holds. */
type Verified = Pick<NewHandoff, "briefing" | "verification"> | undefined;

async function writeBriefing(tx: Tx, ctx: Context, input: Compress, compressed: Compressed, verified: Verified) {
  const { project_id: projectId, credits_used: creditsUsed, from_account_id: accountId } = input;
  const projectName = await requireProject(tx, ctx, projectId);
  if (accountId !== undefined) await requireAccount(tx, ctx, accountId);
  // The lock comes before the look at the sessions: another hand-over may be about to close the same one.
  if (creditsUsed !== undefined) await workOn(tx, ctx, projectId);
  const latest = await findLatestSession(ctx, projectId, {}, tx);
  const open = await findLatestSession(ctx, projectId, { isOpen: true, accountId }, tx);
  const handedOver = open ?? latest;
  const briefing = handoffBriefing({
    projectName,
    sessionNumber: handedOver?.session_number ?? 1,
    creditsUsed: creditsUsed ?? handedOver?.credits_used ?? 0,
    status: handedOver?.status,
    latest,
    lines: compressed.kept,
  });
  if (creditsUsed !== undefined && open) {
    await updateSession({ ...ctx, tx }, open.id, { status: "handed_off", credits_used: creditsUsed });
  }
  return {
    projectId,
    sessionId: handedOver?.id ?? null,
    fromAccountId: accountId ?? handedOver?.account_id ?? null,
    toAccountId: null,
    kind: "compress" as const,
    mode: verified ? ("verified" as const) : ("documented" as const),
    level: null,
    briefing: verified?.briefing ?? briefing,
    original: input.context,
    stats: compressed.stats,
    verification: verified?.verification ?? null,
  };
}

const answerOf = (id: number, { briefing, mode, verification }: NewHandoff): Briefing => ({
  briefing,
  handoff_id: id,
  mode,
  ...(verification && { verification }),
});

/**
 * Writes the briefing for the account that goes on (contract P8). With `credits_used` the open session is handed off and
 * its credits are drawn from its account. In the mode `verified` a model writes it, where one is configured; `signal` aborts
 * when the caller has gone. Throws `not_found` for the project, the account or a knowledge entry.
 */
export async function compressContext(ctx: Context, input: Compress, signal: AbortSignal): Promise<Briefing> {
  const verified = input.mode === "verified" ? await writeVerified(ctx, input, signal) : undefined;
  const compressed = await compressForBriefing(input.context);
  return transaction(ctx, async (tx) => {
    const made = await writeBriefing(tx, ctx, input, compressed, verified);
    return answerOf(await store(tx, ctx, made, input.knowledge_ids), made);
  });
}

/** Keeps the lines of a context that its level keeps (contract P13); changes nothing but the record of hand-overs. */
export async function smartCompress(ctx: Context, input: SmartCompress, signal: AbortSignal): Promise<SmartBriefing> {
  const verified = input.mode === "verified" ? await writeVerified(ctx, input, signal) : undefined;
  const { project_id: projectId, compress_level: level } = input;
  const { kept, stats } = await compressByLevel(input.context, level);
  return transaction(ctx, async (tx) => {
    const projectName = await requireProject(tx, ctx, projectId);
    const latest = await findLatestSession(ctx, projectId, {}, tx);
    const ratio = stats.compression_ratio;
    const made = {
      projectId,
      sessionId: latest?.id ?? null,
      fromAccountId: latest?.account_id ?? null,
      toAccountId: null,
      kind: "smart" as const,
      mode: verified ? ("verified" as const) : ("documented" as const),
      level,
      briefing: verified?.briefing ?? smartBriefing({ projectName, level, ratio, lines: kept }),
      original: input.context,
      stats,
      verification: verified?.verification ?? null,
    };
    return { ...answerOf(await store(tx, ctx, made, input.knowledge_ids), made), stats };
  });
}

function wire(row: HandoffRow): Handoff {
  const { originalLines, compressedLines } = row;
  return {
    id: row.id,
    project_id: row.projectId,
    project_name: row.projectName,
    session_id: row.sessionId,
    session_number: row.sessionNumber,
    from_account_id: row.fromAccountId,
    from_account_name: row.fromAccountName,
    to_account_id: row.toAccountId,
    to_account_name: row.toAccountName,
    kind: row.kind,
    mode: row.mode,
    level: row.level,
    stats: originalLines === null || compressedLines === null ? null : statsOf(originalLines, compressedLines),
    verification: row.verification,
    created_at: sqlTime(row.createdAt),
  };
}

/** The last 50 hand-overs, newest first, of all projects or of one; without their texts. */
export async function listHandoffs(ctx: Context, { project_id: projectId }: HandoffQuery = {}): Promise<Handoffs> {
  return { data: (await selectHandoffs(tenant(ctx), ctx.organizationId, projectId, listMax)).map(wire) };
}

/** A hand-over with its briefing and the original it was made from. Throws `not_found`. */
export async function getHandoff(ctx: Context, id: number): Promise<HandoffAnswer> {
  const row = await selectHandoff(tenant(ctx), ctx.organizationId, id);
  if (!row) throw notFound("Hand-over");
  const { briefing, original, knowledge } = row;
  return { data: { ...wire(row), briefing, original, knowledge } };
}
