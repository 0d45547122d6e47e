import type { Context } from "#lib/context";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { invalid, notFound } from "#lib/errors";
import type { PageQuery } from "#lib/page";
import { pageOf } from "#lib/page";
import { changedFigures, differences } from "#lib/pricing/policy/change";
import { defaultPolicy, type Policy, policyWire } from "#lib/pricing/policy/figures";
import {
  insertPolicy,
  lockPolicies,
  type StoredPolicy,
  selectPolicies,
  selectPolicy,
  selectPolicyAt,
  selectPolicyVersion,
  selectScheduledPolicies,
} from "#lib/pricing/policy/queries";
import type { PolicyAnswer, PolicyVersion, UpdatePolicy } from "#lib/pricing/policy/schema";
import { recordAudit } from "#lib/records/service";
import { publishPricing } from "#lib/webhooks/pricing/service";

const scheduledMax = 20;

/** The policy that prices are made under now: the organization's own, else the default. */
export async function currentPolicy(tx: Tx, ctx: Pick<Context, "organizationId">): Promise<Policy> {
  return (await selectPolicy(tx, ctx.organizationId)) ?? defaultPolicy;
}

/** The policy that prices were made under at a time (RFC 3339). */
export async function policyAt(tx: Tx, ctx: Pick<Context, "organizationId">, time: string): Promise<Policy> {
  return (await selectPolicyAt(tx, ctx.organizationId, time)) ?? defaultPolicy;
}

/** A version of the policy; 0 is the default one. Throws `not_found`. */
export async function requirePolicy(tx: Tx, ctx: Pick<Context, "organizationId">, version: number): Promise<Policy> {
  const policy = version === 0 ? defaultPolicy : await selectPolicyVersion(tx, ctx.organizationId, version);
  if (!policy) throw notFound("Policy version");
  return policy;
}

function wire(policy: StoredPolicy | typeof defaultPolicy, current: number): PolicyVersion {
  const stored = "createdAt" in policy ? policy : undefined;
  const isScheduled = stored?.isScheduled ?? false;
  return {
    version: policy.version,
    effective_at: policy.effectiveAt,
    created_at: stored?.createdAt ?? null,
    note: stored?.note ?? null,
    status: isScheduled ? "scheduled" : policy.version === current ? "current" : "past",
    pricing_policy: policyWire(policy),
  };
}

/** The policy in force, and the versions whose time is still to come. */
export async function getPolicy(ctx: Context): Promise<PolicyAnswer> {
  const [policy, scheduled] = await Promise.all([
    currentPolicy(tenant(ctx), ctx),
    selectScheduledPolicies(tenant(ctx), ctx.organizationId, scheduledMax),
  ]);
  const { version, effectiveAt: effective_at } = policy;
  return {
    success: true,
    pricing_policy: policyWire(policy),
    version,
    effective_at,
    scheduled: scheduled.map((one) => wire(one, version)),
  };
}

/** All versions, newest first; the default policy as version 0 at the end of the last page. */
export async function listPolicies(
  ctx: Context,
  query?: PageQuery,
): Promise<{ success: true; versions: PolicyVersion[] }> {
  const page = pageOf(query);
  const [current, rows] = await Promise.all([
    currentPolicy(tenant(ctx), ctx),
    selectPolicies(tenant(ctx), ctx.organizationId, page),
  ]);
  const versions = rows.length < page.limit ? [...rows, defaultPolicy] : rows;
  return { success: true, versions: versions.map((one) => wire(one, current.version)) };
}

function effectiveTime(text: string | undefined): string | null {
  if (text === undefined) return null;
  const time = Date.parse(text);
  if (time < Date.now()) throw invalid([{ field: "effective_at", message: "effective_at must not be in the past" }]);
  return new Date(time).toISOString();
}

/**
 * Adds a version of the policy: what is given changes, the rest stays as in the one now in force. Quotes that were made
 * keep theirs. Fires `pricing.policy_changed`. Throws `validation` for figures that make no sense or change nothing.
 */
export function updatePolicy(ctx: Context, input: UpdatePolicy): Promise<PolicyAnswer> {
  const effectiveAt = effectiveTime(input.effective_at);
  return transaction(ctx, async (tx) => {
    await lockPolicies(tx, ctx.organizationId);
    const before = await currentPolicy(tx, ctx);
    const figures = changedFigures(before, input);
    const changed = differences(before, figures);
    if (changed.length === 0)
      throw invalid([{ field: "", message: "Give at least one figure that differs from the policy in force" }]);
    const made = await insertPolicy(tx, ctx, figures, { effectiveAt, note: input.note ?? null });
    const { version, effectiveAt: effective_at } = made;
    const told = { version, effective_at, changed, pricing_policy: policyWire(made) };
    await publishPricing(tx, ctx, [{ event: "pricing.policy_changed", data: told }]);
    const resource = { type: "pricing_policy", id: String(version) };
    await recordAudit(tx, ctx, "config.change", resource, { changed, effective_at });
    return getPolicy({ ...ctx, tx });
  });
}
