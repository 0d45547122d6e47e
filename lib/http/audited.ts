import { auditCall } from "#lib/audit/calls";
import type { Passage } from "#lib/http/admission";
import type { Answer } from "#lib/http/idempotency";

/** Notes in the audit log that a key was used, as far as its organization wants to know. */
export function auditAnswer({ rules, call, sentText }: Passage, answer: Response | Answer, status: number): void {
  if (!rules || !call) return;
  const responseBody = answer instanceof Response ? undefined : answer.body;
  auditCall(rules, call, { status, requestBody: sentText, responseBody });
}
