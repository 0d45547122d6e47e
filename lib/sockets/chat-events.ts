import type { ChatReply } from "#lib/chat/schema";
import type { ServerEvent } from "#lib/http/event-stream";
import { errorFrame, streamFrames } from "#lib/sockets/frames";

/** A streamed chat as Server-Sent Events. `gone` is aborted, and with it the chat, when the reader leaves. */
export async function* chatEvents(
  pieces: AsyncGenerator<string, ChatReply>,
  requestId: string,
  reader: AbortSignal,
  gone: AbortController,
): AsyncGenerator<ServerEvent, void> {
  const leave = () => gone.abort(reader.reason);
  reader.addEventListener("abort", leave);
  let id = 0;
  try {
    for await (const data of streamFrames(pieces)) yield { id: id++, event: "stream", data };
  } catch (error) {
    yield { id, event: "control", data: errorFrame(error, requestId) };
  } finally {
    reader.removeEventListener("abort", leave);
  }
}
