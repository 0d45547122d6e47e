import { z } from "zod";
import { normalAddress, parseRange } from "#lib/security/addresses";

const Time = z.iso.datetime();

export const AllowedIp = z
  .string()
  .trim()
  .max(64)
  .refine((text) => parseRange(text) !== undefined, "must be an IPv4 or IPv6 address or a CIDR range");

export const PutIpPolicy = z.object({
  allowed_ips: z.array(AllowedIp).max(1_000, "allowed_ips may have at most 1000 entries"),
  enforce: z.boolean().optional(),
  log_violations: z.boolean().optional(),
  confirm_lockout: z.boolean().default(false),
});
export type PutIpPolicy = z.input<typeof PutIpPolicy>;

export const IpPolicy = z
  .object({
    success: z.literal(true),
    allowed_ips: z.array(z.string()),
    enforce: z.boolean(),
    log_violations: z.boolean(),
    updated_at: Time.nullable(),
    your_ip: z.string().nullable().meta({ description: "The address this request came from." }),
  })
  .meta({ id: "IpPolicy" });
export type IpPolicy = z.infer<typeof IpPolicy>;

const Address = z
  .string({ error: "ip is required" })
  .max(64, "ip must be an IPv4 or IPv6 address")
  .refine((text) => normalAddress(text.trim()) !== undefined, "ip must be an IPv4 or IPv6 address");

export const BlockIp = z.object({
  ip: Address,
  reason: z.string().trim().max(500, "reason must have at most 500 characters").optional(),
  duration_hours: z
    .number()
    .positive("duration_hours must be above 0")
    .max(87_600, "duration_hours must be at most 87600 (ten years)")
    .default(24),
  confirm_lockout: z.boolean().default(false),
});
export type BlockIp = z.input<typeof BlockIp>;

export const BlockedIp = z
  .object({ ip: z.string(), reason: z.string().nullable(), blocked_until: Time, created_at: Time })
  .meta({ id: "BlockedIp" });
export type BlockedIp = z.infer<typeof BlockedIp>;

export const IpBlocked = z.object({
  success: z.literal(true),
  ip: z.string(),
  reason: z.string().nullable(),
  blocked_until: Time,
});
export type IpBlocked = z.infer<typeof IpBlocked>;

export const BlockedIps = z.object({ success: z.literal(true), blocked_ips: z.array(BlockedIp), count: z.int() });
export type BlockedIps = z.infer<typeof BlockedIps>;

/** In the query or in the body. */
export const UnblockIp = z.object({ ip: Address.optional() });
export const IpUnblocked = z.object({ success: z.literal(true), message: z.string(), ip: z.string() });
export type IpUnblocked = z.infer<typeof IpUnblocked>;

/** A key that is due for something, for the dashboard's list. */
export type KeyReminder = { id: string; name: string; kind: "rotation" | "unused"; since: string; days: number };

/** A key that is blocked because it spent too much within an hour; in micro-dollars. */
export type SpendBlock = { keyId: string; name: string; spentMicros: number; blockedUntil: string };
