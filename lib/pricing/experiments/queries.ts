import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import { uuidv7 } from "#lib/id";
import type { Page } from "#lib/page";
import type { DecisionStatus, Variant } from "#lib/pricing/names";

type Counted = Record<`${Variant}Count` | `${Variant}Approved` | `${Variant}MarginBp`, number>;
export type ExperimentRow = Counted & {
  id: string;
  name: string;
  testShareBp: number;
  markupAdjustmentBp: number;
  completedAt: string | null;
  createdAt: string;
};

const counts: Sql = sql`
  select count(*) filter (where variant = 'control') as control_count,
    count(*) filter (where variant = 'test') as test_count,
    count(*) filter (where variant = 'control' and decision_status = 'approved') as control_approved,
    count(*) filter (where variant = 'test' and decision_status = 'approved') as test_approved,
    coalesce(sum(gross_margin_bp) filter (where variant = 'control'), 0)::bigint as control_margin_bp,
    coalesce(sum(gross_margin_bp) filter (where variant = 'test'), 0)::bigint as test_margin_bp
  from pricing_outcomes o where o.experiment_id = e.id`;

const experiments: Sql = sql`
  select e.id, e.name, e.test_share_bp, e.markup_adjustment_bp, e.completed_at, e.created_at, c.*
  from pricing_experiments e cross join lateral (${counts}) c`;

export function insertExperiment(
  tx: Tx,
  ctx: Context,
  experiment: Pick<ExperimentRow, "id" | "name" | "testShareBp" | "markupAdjustmentBp">,
): Promise<number> {
  return tx.run(sql`
    insert into pricing_experiments (id, organization_id, name, test_share_bp, markup_adjustment_bp, api_key_id, user_id)
    values (${experiment.id}, ${ctx.organizationId}, ${experiment.name}, ${experiment.testShareBp},
      ${experiment.markupAdjustmentBp}, ${keyIdOf(ctx)}, ${userIdOf(ctx)})`);
}

/** Newest first, each with what it saw so far. */
export function selectExperiments(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<ExperimentRow[]> {
  return tx.all(sql`
    ${experiments} where e.organization_id = ${organizationId}
    order by e.created_at desc, e.id desc limit ${limit} offset ${offset}`);
}

export function selectExperimentCount(tx: Tx, organizationId: string): Promise<{ total: number }> {
  return tx.one(sql`select count(*) as total from pricing_experiments where organization_id = ${organizationId}`);
}

export function selectExperiment(tx: Tx, organizationId: string, id: string): Promise<ExperimentRow | undefined> {
  return tx.maybe(sql`${experiments} where e.organization_id = ${organizationId} and e.id = ${id}`);
}

/** What a subject needs to know; without the figures, which are no business of a single quote. */
export function selectTerms(
  tx: Tx,
  organizationId: string,
  id: string,
): Promise<Pick<ExperimentRow, "testShareBp" | "markupAdjustmentBp" | "completedAt"> | undefined> {
  return tx.maybe(sql`
    select test_share_bp, markup_adjustment_bp, completed_at from pricing_experiments
    where organization_id = ${organizationId} and id = ${id}`);
}

export function updateToCompleted(tx: Tx, organizationId: string, id: string): Promise<number> {
  return tx.run(sql`
    update pricing_experiments set completed_at = now()
    where organization_id = ${organizationId} and id = ${id} and completed_at is null`);
}

/** A subject's variant is kept the first time. */
export function insertAssignment(
  tx: Tx,
  organizationId: string,
  experimentId: string,
  subject: string,
  variant: Variant,
): Promise<number> {
  return tx.run(sql`
    insert into pricing_assignments (experiment_id, subject, organization_id, variant)
    values (${experimentId}, ${subject}, ${organizationId}, ${variant})
    on conflict do nothing`);
}

type Outcome = {
  experimentId: string;
  subject: string;
  variant: Variant;
  status: DecisionStatus;
  grossMarginBp: number;
  decisionId: string | null;
};

export function insertOutcome(tx: Tx, organizationId: string, outcome: Outcome): Promise<number> {
  return tx.run(sql`
    insert into pricing_outcomes (id, organization_id, experiment_id, subject, variant, decision_status, gross_margin_bp,
      decision_id)
    values (${uuidv7()}, ${organizationId}, ${outcome.experimentId}, ${outcome.subject}, ${outcome.variant},
      ${outcome.status}, ${outcome.grossMarginBp}, ${outcome.decisionId})`);
}
