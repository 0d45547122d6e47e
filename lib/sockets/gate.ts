import { z } from "zod";
import type { Caller } from "#lib/auth/caller";
import { AppError } from "#lib/errors";
import { parseJson } from "#lib/http/body";
import { toAppError } from "#lib/http/failure";
import { log } from "#lib/log";
import { closeCodes, type Peer, type Protocol } from "#lib/sockets/protocol";

const Credentials = z.object({
  type: z.literal("control"),
  data: z.object({ action: z.literal("auth"), token: z.string().min(1).max(8_192) }),
});
const earlyMax = 100;

type Gate = {
  patienceMs: number;
  authenticate(token: string): Promise<Caller>;
  /** Begins to speak with a caller. Throws what keeps it from it. */
  begin(caller: Caller): Promise<Protocol>;
  /** Tells why the connection is closed, where the protocol has words for it. */
  refuse?(error: AppError): void;
};

function codeOf(error: AppError): number {
  if (error.code === "unauthorized") return closeCodes.unauthorized;
  if (error.code === "forbidden") return closeCodes.forbidden;
  if (error.code === "not_found") return closeCodes.notFound;
  return error.code === "internal" ? closeCodes.internal : closeCodes.tryAgainLater;
}

function tokenOf(text: string): string {
  try {
    return Credentials.parse(parseJson(text)).data.token;
  } catch {
    throw new AppError(
      "unauthorized",
      'Send credentials first: {"type":"control","data":{"action":"auth","token":"..."}}',
    );
  }
}

/**
 * Waits for the credentials in the first message, at most `patienceMs`, then speaks. Wrong or late ones close the
 * connection with 4401. What is sent before the answer is kept for it.
 */
export function gate(peer: Peer, { patienceMs, authenticate, begin, refuse }: Gate): Protocol {
  let inner: Protocol | undefined;
  let hasLeft = false;
  let isAsked = false;
  const early: string[] = [];
  const close = (thrown: unknown) => {
    const error = toAppError(thrown);
    if (error.code === "internal") log.error({ err: error.cause ?? error }, "a socket could not begin");
    refuse?.(error);
    peer.close(codeOf(error), error.message);
  };
  const timer = setTimeout(() => {
    close(new AppError("unauthorized", `No credentials came within ${patienceMs / 1_000} s`));
  }, patienceMs);
  const enter = async (text: string) => {
    const protocol = await begin(await authenticate(tokenOf(text)));
    if (hasLeft) return protocol.left();
    inner = protocol;
    for (const message of early) protocol.receive(message);
  };
  return {
    receive: (text) => {
      if (inner) return inner.receive(text);
      if (isAsked) {
        if (early.length < earlyMax) early.push(text);
        return;
      }
      isAsked = true;
      clearTimeout(timer);
      enter(text).catch(close);
    },
    left: () => {
      hasLeft = true;
      clearTimeout(timer);
      inner?.left();
    },
    settled: async () => inner?.settled(),
  };
}
