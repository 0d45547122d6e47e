import { activateBest, exhaust, findBest } from "#lib/account-pool/selection";
import { requireAccount } from "#lib/account-pool/service";
import type { Context } from "#lib/context";
import { type Tx, transaction } from "#lib/db/transaction";
import { AppError } from "#lib/errors";
import { rotationBriefing } from "#lib/handoff/briefings";
import { insertHandoff, lockRotations } from "#lib/handoff/queries";
import type { AutoRotate, Rotation } from "#lib/handoff/schema";
import { requireProject, workOn } from "#lib/projects/service";
import { recordEvent } from "#lib/records/service";
import { findLatestSession, handOffSessions } from "#lib/work-sessions/service";

/** What an account must have left to take over. */
const creditsMin = 50;

// What was done to the account that is given up stays done: it precedes the search (contract P11).
const nobodyLeft = () => new AppError("not_found", "No available accounts for rotation", { keepsEffects: true });

type Parts = { projectName: string; next: Rotation["next_account"] };

async function briefingOf(tx: Tx, ctx: Context, input: AutoRotate, { projectName, next }: Parts) {
  const latest = await findLatestSession(ctx, input.project_id, {}, tx);
  const facts = { projectName, previousAccountId: input.current_account_id, next, latest };
  return { latest, briefing: rotationBriefing(facts) };
}

async function perform(tx: Tx, ctx: Context, input: AutoRotate): Promise<Rotation | undefined> {
  const { current_account_id: accountId, project_id: projectId } = input;
  await lockRotations(tx, ctx.organizationId);
  const projectName = await requireProject(tx, ctx, projectId);
  await workOn(tx, ctx, projectId);
  await exhaust(tx, ctx, accountId);
  const next = await activateBest(tx, ctx, { minCredits: creditsMin, exceptId: accountId });
  if (!next) return undefined;
  const { latest, briefing } = await briefingOf(tx, ctx, input, { projectName, next });
  await handOffSessions(tx, ctx, { projectId, accountId });
  const handoff = {
    projectId,
    sessionId: latest?.id ?? null,
    fromAccountId: accountId,
    toAccountId: next.id,
    kind: "rotation" as const,
    mode: "documented" as const,
    level: null,
    briefing,
    original: null,
    stats: null,
    verification: null,
  };
  const { id } = await insertHandoff(tx, ctx.organizationId, handoff, []);
  const facts = { handoff_id: id, project_id: projectId, from_account_id: accountId, to_account_id: next.id };
  await recordEvent(tx, ctx, "account.rotated", facts);
  return { next_account: next, briefing, handoff_id: id, dry_run: false };
}

async function preview(tx: Tx, ctx: Context, input: AutoRotate): Promise<Rotation | undefined> {
  const projectName = await requireProject(tx, ctx, input.project_id);
  await requireAccount(tx, ctx, input.current_account_id);
  const next = await findBest(tx, ctx, { minCredits: creditsMin, exceptId: input.current_account_id });
  if (!next) return undefined;
  const { briefing } = await briefingOf(tx, ctx, input, { projectName, next });
  return { next_account: next, briefing, handoff_id: null, dry_run: true };
}

/**
 * Gives up an account and puts the best other one to use (contract P11); with `dry_run` only says what would happen. Throws
 * `not_found` for the project or the account before any change, and when no account is left after the change.
 */
export async function rotateAccount(ctx: Context, input: AutoRotate): Promise<Rotation> {
  const rotation = await transaction(ctx, (tx) => (input.dry_run ? preview : perform)(tx, ctx, input));
  if (!rotation) throw nobodyLeft();
  return rotation;
}
