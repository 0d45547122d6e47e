import { writeAudit } from "#lib/audit/writer";
import type { Actor } from "#lib/context";
import { env } from "#lib/env";
import { AppError } from "#lib/errors";
import { deploymentRanges, type Rules, rulesOf } from "#lib/security/rules";
import { watchSpend } from "#lib/security/spend";

type KeyActor = Extract<Actor, { type: "apiKey" }>;

/** A call with a key, as far as the rules look at it. */
export type KeyCall = {
  organizationId: string;
  actor: KeyActor;
  ip: string | null;
  userAgent: string | null;
  requestId: string;
  method: string;
  path: string;
};

/** Writes down what was refused, unless the organization does not want to know. The caller does not wait for it. */
export function noteViolation(
  rules: Rules,
  call: KeyCall,
  violation: string,
  severity: "warning" | "critical" = "warning",
  details: Record<string, unknown> = {},
): void {
  const { method, path, actor } = call;
  writeAudit(rules.audit, {
    organizationId: call.organizationId,
    event: "security.violation",
    severity,
    keyId: actor.keyId,
    userId: actor.userId,
    ip: call.ip,
    userAgent: call.userAgent,
    requestId: call.requestId,
    resource: { type: "request", id: call.requestId },
    details: { violation, method, path, ...details },
  });
}

function refuseAddress(rules: Rules, call: KeyCall, message: string, violation: string): never {
  if (rules.logViolations) noteViolation(rules, call, violation);
  throw new AppError("forbidden", message, { reason: "IP_REFUSED", facts: { your_ip: call.ip ?? "unknown" } });
}

/** Whether a call comes from outside of what the deployment, or its organization, allows. */
function isOutside(rules: Rules, ip: string | null): boolean {
  const { BATON_DISABLE_IP_ALLOWLIST } = env();
  if (BATON_DISABLE_IP_ALLOWLIST) return false;
  const deployment = deploymentRanges();
  if (deployment && (ip === null || !deployment.has(ip))) return true;
  return rules.allowed !== undefined && (ip === null || !rules.allowed.has(ip));
}

/**
 * Holds a call with a key to the rules of its organization and of the deployment. Throws `forbidden`: with `your_ip` for an
 * address that may not call, with the seconds to wait for a key that spent too much. Logins are never held to these, so that
 * a person can undo a rule that locks every key out.
 */
export function holdToRules(rules: Rules, call: KeyCall): void {
  const { ip, actor } = call;
  const now = Date.now();
  if (rules.blockedIps.size > 0 && ip !== null && (rules.blockedIps.get(ip) ?? 0) > now) {
    refuseAddress(rules, call, "IP blocked", "blocked_ip");
  }
  if (isOutside(rules, ip)) refuseAddress(rules, call, "IP not whitelisted", "ip_not_allowed");
  const until = rules.blockedKeys.size > 0 ? rules.blockedKeys.get(actor.keyId) : undefined;
  if (until !== undefined && until > now) {
    throw new AppError("forbidden", "Key blocked: it spent more than $100 within 60 minutes", {
      reason: "KEY_BLOCKED",
      retryAfterSeconds: Math.ceil((until - now) / 1_000),
    });
  }
  watchSpend(actor.keyId);
}

/** The same with the rules looked up, as a rule in memory. Answers them. */
export async function guardKeyCall(call: KeyCall): Promise<Rules> {
  const rules = await rulesOf(call.organizationId);
  holdToRules(rules, call);
  return rules;
}
