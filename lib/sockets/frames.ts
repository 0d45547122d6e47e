import type { ChatReply } from "#lib/chat/schema";
import { orchestraError } from "#lib/http/dialects/orchestra";
import { toAppError } from "#lib/http/failure";
import { log } from "#lib/log";

/** What both sides of a chat socket send, and the chat's event stream too (contract O2). */
export type Frame = {
  type: "chat" | "command" | "control" | "stream";
  data: Record<string, unknown>;
  timestamp: string;
};

export function frame(type: Frame["type"], data: Record<string, unknown>): Frame {
  return { type, data, timestamp: new Date().toISOString() };
}

/** What went wrong, for the reader. What nobody expected is logged and tells no more than the request id. */
export function errorFrame(thrown: unknown, requestId: string): Frame {
  const error = toAppError(thrown);
  if (error.code === "internal") log.error({ err: error.cause ?? error, requestId }, "a chat frame failed");
  return frame("control", { action: "error", error: { ...orchestraError(error), request_id: requestId } });
}

/** The pieces of a streamed chat as frames with growing index, then one with the whole. */
export async function* streamFrames(pieces: AsyncGenerator<string, ChatReply>): AsyncGenerator<Frame, void> {
  for (let index = 0; ; index++) {
    const { value, done } = await pieces.next();
    if (done) {
      yield frame("stream", { done: true, ...value });
      return;
    }
    yield frame("stream", { token: value, index, done: false });
  }
}
