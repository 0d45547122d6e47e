import { redactedBody } from "#lib/audit/redact";
import { takes, writeAudit } from "#lib/audit/writer";
import type { KeyCall } from "#lib/security/guard";
import type { Rules } from "#lib/security/rules";
import { singleton } from "#lib/singleton";

const everyMs = 60_000;
const pairsMax = 20_000;
const state = singleton("audit.calls", () => ({ notedAt: new Map<string, number>() }));

/** What a call came to. Bodies are texts; nothing when there was none, or none that is kept. */
export type CallResult = { status: number; requestBody: string | undefined; responseBody: string | undefined };

/** At level `standard` the first call of a minute from each address with each key stands for the others. */
function isFirst(keyId: string, ip: string | null, now: number): boolean {
  const pair = `${keyId} ${ip}`;
  if (now - (state.notedAt.get(pair) ?? 0) < everyMs) return false;
  if (state.notedAt.size >= pairsMax) state.notedAt.clear();
  state.notedAt.set(pair, now);
  return true;
}

/** Notes that a key was used, as far as its organization wants to know (contract A30). */
export function auditCall(rules: Rules, call: KeyCall, result: CallResult, now = Date.now()): void {
  const { audit } = rules;
  if (!takes(audit, "api.key.used", "info")) return;
  if (audit.level !== "verbose" && !isFirst(call.actor.keyId, call.ip, now)) return;
  const { method, path, actor } = call;
  writeAudit(audit, {
    organizationId: call.organizationId,
    event: "api.key.used",
    severity: "info",
    keyId: actor.keyId,
    userId: actor.userId,
    ip: call.ip,
    userAgent: call.userAgent,
    requestId: call.requestId,
    resource: { type: "api_key", id: actor.keyId },
    details: {
      method,
      path,
      status: result.status,
      ...(audit.requestBody && result.requestBody !== undefined && { request_body: redactedBody(result.requestBody) }),
      ...(audit.responseBody &&
        result.responseBody !== undefined && { response_body: redactedBody(result.responseBody) }),
    },
  });
}
