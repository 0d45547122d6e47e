import { AppError } from "#lib/errors";
import type { AnswerHeaders } from "#lib/http/answer-headers";

/**
 * Refuses a plain request to an address that speaks WebSocket. Hosts without sockets answer every request so; `instead` is
 * the event stream that does the same there. Always throws.
 */
export function upgradeRequired(headers: AnswerHeaders, instead: string): never {
  headers.set("upgrade", "websocket");
  throw new AppError(
    "upgrade_required",
    `This address speaks WebSocket only. Where sockets do not get through, use ${instead} (Server-Sent Events).`,
  );
}
