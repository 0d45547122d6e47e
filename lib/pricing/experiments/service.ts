import { createHash } from "node:crypto";
import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, notFound } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import type { PageQuery } from "#lib/page";
import { bpToMarkup, bpToPercent, markupToBp, percentToBp } from "#lib/pricing/decimal";
import {
  type ExperimentRow,
  insertAssignment,
  insertExperiment,
  insertOutcome,
  selectExperiment,
  selectExperimentCount,
  selectExperiments,
  selectTerms,
  updateToCompleted,
} from "#lib/pricing/experiments/queries";
import type {
  AssignAnswer,
  AssignInput,
  Experiment,
  ExperimentAnswer,
  Experiments,
  NewExperiment,
  TrackInput,
} from "#lib/pricing/experiments/schema";
import { type DecisionStatus, publicId, uuidOf, type Variant } from "#lib/pricing/names";
import { paginationOf, partOf } from "#lib/pricing/paging";
import { summarizeExperiment } from "#lib/pricing/review/calculate";

const evenShareBp = 5_000;
/** Basis points of a percentage in millionths of a percent. */
const millionthsPerBp = 10_000n;

function wire(row: ExperimentRow): Experiment {
  const of = (variant: Variant) => ({
    count: row[`${variant}Count`],
    approved: row[`${variant}Approved`],
    marginSum: BigInt(row[`${variant}MarginBp`]) * millionthsPerBp,
  });
  return {
    experiment_id: publicId("experiment", row.id),
    name: row.name,
    status: row.completedAt === null ? "running" : "completed",
    markup_adjustment: bpToMarkup(row.markupAdjustmentBp),
    test_share_pct: bpToPercent(row.testShareBp),
    created_at: row.createdAt,
    completed_at: row.completedAt,
    summary: summarizeExperiment({ control: of("control"), test: of("test") }),
  };
}

function required(id: string): string {
  const uuid = uuidOf("experiment", id);
  if (!uuid) throw notFound("Experiment");
  return uuid;
}

async function answer(tx: Tx, ctx: Context, uuid: string): Promise<ExperimentAnswer> {
  const row = await selectExperiment(tx, ctx.organizationId, uuid);
  if (!row) throw notFound("Experiment");
  return { success: true, experiment: wire(row) };
}

/** Begins an experiment: the variant test is priced with another markup than the policy's. */
export function createExperiment(ctx: Context, input: NewExperiment): Promise<ExperimentAnswer> {
  const id = uuidv7();
  const testShareBp = input.test_share_pct === undefined ? evenShareBp : percentToBp(input.test_share_pct);
  return transaction(ctx, async (tx) => {
    const markupAdjustmentBp = markupToBp(input.markup_adjustment);
    await insertExperiment(tx, ctx, { id, name: input.name, testShareBp, markupAdjustmentBp });
    return answer(tx, ctx, id);
  });
}

/** The experiments, newest first, each with its summary so far (contract A16, from what was tracked). */
export async function listExperiments(ctx: Context, query?: PageQuery): Promise<Experiments> {
  const page = partOf(query);
  const [rows, { total }] = await Promise.all([
    selectExperiments(tenant(ctx), ctx.organizationId, page),
    selectExperimentCount(tenant(ctx), ctx.organizationId),
  ]);
  return { success: true, experiments: rows.map(wire), pagination: paginationOf(page, total) };
}

/** Throws `not_found`. */
export async function getExperiment(ctx: Context, id: string): Promise<ExperimentAnswer> {
  return answer(tenant(ctx), ctx, required(id));
}

/** Ends an experiment: nobody is assigned and nothing is tracked any more. Throws `conflict` when it is over. */
export function completeExperiment(ctx: Context, id: string): Promise<ExperimentAnswer> {
  const uuid = required(id);
  return transaction(ctx, async (tx) => {
    const completed = await updateToCompleted(tx, ctx.organizationId, uuid);
    const now = await answer(tx, ctx, uuid);
    if (completed === 0) throw conflict("The experiment is completed already", "COMPLETED");
    return now;
  });
}

/** Always the same variant for a subject of an experiment, spread evenly over subjects. */
function variantOf(experimentId: string, subject: string, testShareBp: number): Variant {
  const place = createHash("sha256").update(`${experimentId}\n${subject}`).digest().readUInt32BE(0) / 2 ** 32;
  return place * 10_000 < testShareBp ? "test" : "control";
}

/** A subject's part in an experiment. `markupAdjustmentBp` is 0 for the variant control. */
export type Part = { experimentId: string; subject: string; variant: Variant; markupAdjustmentBp: number };

/** Assigns a subject to his variant. Throws `not_found`, or `conflict` when the experiment is over. */
export async function takePart(tx: Tx, ctx: Context, id: string, subject: string): Promise<Part> {
  const experimentId = required(id);
  const terms = await selectTerms(tx, ctx.organizationId, experimentId);
  if (!terms) throw notFound("Experiment");
  if (terms.completedAt !== null) throw conflict("The experiment is completed already", "COMPLETED");
  const variant = variantOf(experimentId, subject, terms.testShareBp);
  await insertAssignment(tx, ctx.organizationId, experimentId, subject, variant);
  return { experimentId, subject, variant, markupAdjustmentBp: variant === "test" ? terms.markupAdjustmentBp : 0 };
}

type Seen = { status: DecisionStatus; grossMarginBp: number; decisionId: string | null };

/** Counts a decision in an experiment. */
export async function noteOutcome(
  tx: Tx,
  ctx: Context,
  { experimentId, subject, variant }: Part,
  seen: Seen,
): Promise<void> {
  await insertOutcome(tx, ctx.organizationId, { experimentId, subject, variant, ...seen });
}

/** Assigns a subject to his variant and says what it means for his price. */
export function assignSubject(ctx: Context, id: string, { subject }: AssignInput): Promise<AssignAnswer> {
  return transaction(ctx, async (tx) => {
    const { variant, markupAdjustmentBp } = await takePart(tx, ctx, id, subject);
    const markup_adjustment = bpToMarkup(markupAdjustmentBp);
    return { success: true, experiment_id: id, subject, variant, markup_adjustment };
  });
}

/** Counts a decision that was made elsewhere under the subject's variant. Answers the experiment as it stands then. */
export function trackOutcome(ctx: Context, id: string, input: TrackInput): Promise<ExperimentAnswer> {
  return transaction(ctx, async (tx) => {
    const part = await takePart(tx, ctx, id, input.subject);
    const grossMarginBp = percentToBp(input.gross_margin_pct);
    await noteOutcome(tx, ctx, part, { status: input.decision_status, grossMarginBp, decisionId: null });
    return answer(tx, ctx, part.experimentId);
  });
}
