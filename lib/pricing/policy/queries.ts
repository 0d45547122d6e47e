import { type Context, keyIdOf, userIdOf } from "#lib/context";
import { type Sql, sql } from "#lib/db/sql";
import type { Tx } from "#lib/db/transaction";
import type { Page } from "#lib/page";
import type { Policy, PolicyFigures } from "#lib/pricing/policy/figures";

type PolicyRow = {
  version: number;
  effectiveAt: string;
  lowMarkupBp: number;
  mediumMarkupBp: number;
  highMarkupBp: number;
  enterpriseAdjustmentBp: number;
  midMarketAdjustmentBp: number;
  smbAdjustmentBp: number;
  startupAdjustmentBp: number;
  minimumPriceCents: number;
  taskMarginBp: number;
  subscriptionMarginBp: number;
  enterpriseMarginBp: number;
  note: string | null;
  createdAt: string;
  isScheduled: boolean;
};
export type StoredPolicy = Policy & {
  effectiveAt: string;
  createdAt: string;
  note: string | null;
  isScheduled: boolean;
};

const columns: Sql = sql`
  version, effective_at, low_markup_bp, medium_markup_bp, high_markup_bp, enterprise_adjustment_bp,
  mid_market_adjustment_bp, smb_adjustment_bp, startup_adjustment_bp, minimum_price_cents, task_margin_bp,
  subscription_margin_bp, enterprise_margin_bp, note, created_at, effective_at > statement_timestamp() as is_scheduled`;

function policyOf(row: PolicyRow): StoredPolicy {
  const { version, effectiveAt, createdAt, note, isScheduled, minimumPriceCents } = row;
  return {
    version,
    effectiveAt,
    createdAt,
    note,
    isScheduled,
    minimumPriceCents,
    markupBp: { low: row.lowMarkupBp, medium: row.mediumMarkupBp, high: row.highMarkupBp },
    adjustmentBp: {
      enterprise: row.enterpriseAdjustmentBp,
      mid_market: row.midMarketAdjustmentBp,
      smb: row.smbAdjustmentBp,
      startup: row.startupAdjustmentBp,
    },
    minimumMarginBp: {
      task: row.taskMarginBp,
      subscription: row.subscriptionMarginBp,
      enterprise: row.enterpriseMarginBp,
    },
  };
}

/** The policy in force; nothing when the organization has none of its own yet. */
export async function selectPolicy(tx: Tx, organizationId: string): Promise<StoredPolicy | undefined> {
  const row = await tx.maybe<PolicyRow>(sql`
    select ${columns} from pricing_policies
    where organization_id = ${organizationId} and effective_at <= statement_timestamp()
    order by effective_at desc, version desc limit 1`);
  return row && policyOf(row);
}

/** The policy that was in force at a time; nothing before the organization had one of its own. */
export async function selectPolicyAt(tx: Tx, organizationId: string, time: string): Promise<StoredPolicy | undefined> {
  const row = await tx.maybe<PolicyRow>(sql`
    select ${columns} from pricing_policies
    where organization_id = ${organizationId} and effective_at <= ${time} and created_at <= ${time}
    order by effective_at desc, version desc limit 1`);
  return row && policyOf(row);
}

export async function selectPolicyVersion(
  tx: Tx,
  organizationId: string,
  version: number,
): Promise<StoredPolicy | undefined> {
  const row = await tx.maybe<PolicyRow>(sql`
    select ${columns} from pricing_policies where organization_id = ${organizationId} and version = ${version}::int`);
  return row && policyOf(row);
}

/** All versions, the newest first. */
export async function selectPolicies(tx: Tx, organizationId: string, { limit, offset }: Page): Promise<StoredPolicy[]> {
  const rows = await tx.all<PolicyRow>(sql`
    select ${columns} from pricing_policies where organization_id = ${organizationId}
    order by version desc limit ${limit} offset ${offset}`);
  return rows.map(policyOf);
}

/** The versions whose time is still to come, the next one first. */
export async function selectScheduledPolicies(tx: Tx, organizationId: string, limit: number): Promise<StoredPolicy[]> {
  const rows = await tx.all<PolicyRow>(sql`
    select ${columns} from pricing_policies where organization_id = ${organizationId} and effective_at > statement_timestamp()
    order by effective_at, version limit ${limit}`);
  return rows.map(policyOf);
}

/** Keeps two changes of one organization's policy apart until the transaction ends. */
export async function lockPolicies(tx: Tx, organizationId: string): Promise<void> {
  await tx.one(sql`select pg_advisory_xact_lock(hashtextextended(${`pricing policy ${organizationId}`}, 0)) as locked`);
}

/** Adds the next version, in force from `effectiveAt` on (at once: null). */
export async function insertPolicy(
  tx: Tx,
  ctx: Context,
  { markupBp, adjustmentBp, minimumPriceCents, minimumMarginBp }: PolicyFigures,
  { effectiveAt, note }: { effectiveAt: string | null; note: string | null },
): Promise<StoredPolicy> {
  const row = await tx.one<PolicyRow>(sql`
    insert into pricing_policies (organization_id, version, effective_at, low_markup_bp, medium_markup_bp, high_markup_bp,
      enterprise_adjustment_bp, mid_market_adjustment_bp, smb_adjustment_bp, startup_adjustment_bp, minimum_price_cents,
      task_margin_bp, subscription_margin_bp, enterprise_margin_bp, note, api_key_id, user_id)
    select ${ctx.organizationId}::uuid, coalesce(max(version), 0) + 1, coalesce(${effectiveAt}::timestamptz, statement_timestamp()),
      ${markupBp.low}::int, ${markupBp.medium}::int, ${markupBp.high}::int, ${adjustmentBp.enterprise}::int,
      ${adjustmentBp.mid_market}::int, ${adjustmentBp.smb}::int, ${adjustmentBp.startup}::int, ${minimumPriceCents}::int,
      ${minimumMarginBp.task}::int, ${minimumMarginBp.subscription}::int, ${minimumMarginBp.enterprise}::int,
      ${note}, ${keyIdOf(ctx)}::uuid, ${userIdOf(ctx)}::uuid
    from pricing_policies where organization_id = ${ctx.organizationId}
    returning ${columns}`);
  return policyOf(row);
}
