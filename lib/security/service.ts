import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { recordAudit } from "#lib/records/service";
import { compileRanges, normalAddress } from "#lib/security/addresses";
import {
  countBlockedIps,
  deleteBlockedIp,
  selectBlockedIps,
  selectIpPolicy,
  upsertBlockedIp,
  upsertIpPolicy,
} from "#lib/security/queries";
import { forgetRules } from "#lib/security/rules";
import type { BlockedIps, BlockIp, IpBlocked, IpPolicy, IpUnblocked, PutIpPolicy } from "#lib/security/schema";

const blockedIpsMax = 1_000;

const lockout = (field: string, message: string) =>
  invalid([{ field, message: `${message} Send confirm_lockout: true if that is meant.` }]);

/** From where the organization's keys may call (contract +A4), and the address of whoever asks. */
export async function getIpPolicy(ctx: Context): Promise<IpPolicy> {
  const row = await selectIpPolicy(tenant(ctx), ctx.organizationId);
  return {
    success: true,
    allowed_ips: row?.allowedIps ?? [],
    enforce: row?.enforce ?? false,
    log_violations: row?.logViolations ?? true,
    updated_at: row?.updatedAt ?? null,
    your_ip: ctx.ip,
  };
}

/**
 * Sets from where the organization's keys may call (contract A29); what is not said stays as it is. Throws `validation` for an
 * enforced empty list and, without `confirm_lockout`, for one that leaves out the caller's own address.
 */
export async function putIpPolicy(ctx: Context, input: PutIpPolicy): Promise<IpPolicy> {
  const allowedIps = [...new Set(input.allowed_ips)];
  const saved = await transaction(ctx, async (tx) => {
    const before = await selectIpPolicy(tx, ctx.organizationId);
    const enforce = input.enforce ?? before?.enforce ?? false;
    const logViolations = input.log_violations ?? before?.logViolations ?? true;
    if (enforce && allowedIps.length === 0)
      throw invalid([{ field: "allowed_ips", message: "allowed_ips must not be empty when enforce is true" }]);
    const isOut = ctx.ip === null || !compileRanges(allowedIps).has(ctx.ip);
    if (enforce && isOut && !input.confirm_lockout)
      throw lockout("allowed_ips", `Your own address ${ctx.ip ?? "(unknown)"} is not in allowed_ips.`);
    const row = await upsertIpPolicy(tx, ctx.organizationId, { allowedIps, enforce, logViolations });
    const details = { allowed_ips: allowedIps, enforce, log_violations: logViolations };
    await recordAudit(tx, ctx, "config.change", { type: "ip_whitelist", id: ctx.organizationId }, details, "warning");
    return row;
  });
  forgetRules(ctx.organizationId);
  return {
    success: true,
    allowed_ips: saved.allowedIps,
    enforce: saved.enforce,
    log_violations: saved.logViolations,
    updated_at: saved.updatedAt,
    your_ip: ctx.ip,
  };
}

/** The addresses that are blocked now, newest first. */
export async function listBlockedIps(ctx: Context): Promise<BlockedIps> {
  const blocked = await selectBlockedIps(tenant(ctx), ctx.organizationId);
  return { success: true, blocked_ips: blocked, count: blocked.length };
}

/** Refuses an address for all keys of the organization for a time (contract A31). */
export async function blockIp(ctx: Context, input: BlockIp): Promise<IpBlocked> {
  const ip = normalAddress(input.ip) ?? input.ip;
  const { reason = null, duration_hours: hours = 24 } = input;
  if (ip === ctx.ip && !input.confirm_lockout) throw lockout("ip", `${ip} is your own address.`);
  const { blockedUntil } = await transaction(ctx, async (tx) => {
    const { count } = await countBlockedIps(tx, ctx.organizationId);
    if (count >= blockedIpsMax)
      throw conflict(`An organization can block at most ${blockedIpsMax} addresses at a time.`);
    const row = await upsertBlockedIp(tx, ctx.organizationId, { ip, reason, hours });
    const details = { blocked_until: row.blockedUntil, ...(reason !== null && { reason }) };
    await recordAudit(tx, ctx, "config.change", { type: "blocked_ip", id: ip }, details, "warning");
    return row;
  });
  forgetRules(ctx.organizationId);
  return { success: true, ip, reason, blocked_until: blockedUntil };
}

/** Lets an address in again. Throws `validation` without one, `not_found` when it was not blocked. */
export async function unblockIp(ctx: Context, given: string | undefined): Promise<IpUnblocked> {
  if (given === undefined) throw invalid([{ field: "ip", message: "ip is required, in the query or in the body" }]);
  const ip = normalAddress(given) ?? given;
  await transaction(ctx, async (tx) => {
    if ((await deleteBlockedIp(tx, ctx.organizationId, ip)) === 0) throw notFound("Blocked address");
    await recordAudit(tx, ctx, "config.change", { type: "blocked_ip", id: ip }, { unblocked: true });
  });
  forgetRules(ctx.organizationId);
  return { success: true, message: "IP unblocked", ip };
}
