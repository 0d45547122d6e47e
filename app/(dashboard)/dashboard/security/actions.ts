"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { type AuditSettings, PostAudit } from "#lib/audit/schema";
import { updateAudit } from "#lib/audit/service";
import { compileRanges, normalAddress, parseRange } from "#lib/security/addresses";
import { AllowedIp, BlockIp, PutIpPolicy } from "#lib/security/schema";
import { blockIp, putIpPolicy, unblockIp } from "#lib/security/service";
import { act } from "../../action";

const Checked = z.object({ range: AllowedIp });
const Tested = z.object({
  address: z
    .string()
    .max(64)
    .refine((text) => normalAddress(text.trim()) !== undefined, "Write an IPv4 or IPv6 address, without a range"),
  ranges: z.array(AllowedIp).max(1_000),
});
const Address = z.object({ ip: z.string().max(64) });

/** Whether a text is an address or a range, and in which spelling it is kept; a range names its first bits only. */
export async function checkRangeAction(input: z.input<typeof Checked>): Promise<ActionResult<{ range: string }>> {
  return act({ scope: "admin:write", input: Checked }, input, async (_ctx, { range }) => {
    const { address, prefix, family } = parseRange(range) ?? { address: range, prefix: 0, family: "ipv6" };
    return { range: prefix === (family === "ipv4" ? 32 : 128) ? address : `${address}/${prefix}` };
  });
}

/** Whether a list would let an address in. Nothing is stored: it also tests what is not saved yet. */
export async function testAddressAction(
  input: z.input<typeof Tested>,
): Promise<ActionResult<{ address: string; isAllowed: boolean }>> {
  return act({ scope: "admin:write", input: Tested }, input, async (_ctx, { address, ranges }) => {
    const normal = normalAddress(address.trim()) ?? address;
    return { address: normal, isAllowed: compileRanges(ranges).has(normal) };
  });
}

/** Sets from where keys may call. Answers `isSaved: false` when it would leave the reader's own address out unconfirmed. */
export async function saveIpPolicyAction(
  input: z.input<typeof PutIpPolicy>,
): Promise<ActionResult<{ isSaved: boolean; yourIp: string | null }>> {
  return act({ scope: "admin:write", input: PutIpPolicy }, input, async (ctx, policy) => {
    const isOut = ctx.ip === null || !compileRanges(policy.allowed_ips).has(ctx.ip);
    const isLockout = policy.enforce === true && policy.allowed_ips.length > 0 && isOut;
    if (isLockout && !policy.confirm_lockout) return { isSaved: false, yourIp: ctx.ip };
    await putIpPolicy(ctx, policy);
    return { isSaved: true, yourIp: ctx.ip };
  });
}

/** Refuses an address for a time. */
export async function blockIpAction(input: z.input<typeof BlockIp>): Promise<ActionResult<{ ip: string }>> {
  return act({ scope: "admin:write", input: BlockIp }, input, async (ctx, block) => {
    const { ip } = await blockIp(ctx, block);
    return { ip };
  });
}

/** Lets an address in again. */
export async function unblockIpAction(input: z.input<typeof Address>): Promise<ActionResult<{ ip: string }>> {
  return act({ scope: "admin:write", input: Address }, input, async (ctx, { ip }) => ({
    ip: (await unblockIp(ctx, ip)).ip,
  }));
}

/** Sets what the audit log takes and how long it keeps it. */
export async function updateAuditAction(input: z.input<typeof PostAudit>): Promise<ActionResult<AuditSettings>> {
  return act({ scope: "admin:write", input: PostAudit }, input, async (ctx, settings) => {
    const { audit } = await updateAudit(ctx, settings);
    return audit;
  });
}
