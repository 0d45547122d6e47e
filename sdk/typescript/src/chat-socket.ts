import { BatonError } from "./errors.ts";
import { sleep as realSleep, waitMs } from "./retry.ts";
import { socketError } from "./socket-error.ts";
import { randomUuid } from "./webcrypto.ts";

type Frame = { type?: string; data?: Record<string, unknown> };

/** What is used of a WebSocket: the browser's, Node's, or one of a library such as ws. */
type Socket = {
  send(text: string): void;
  close(code?: number): void;
  addEventListener(
    type: "message" | "close" | "error",
    // Every library has types of its own for these events.
    // biome-ignore lint/suspicious/noExplicitAny: see above
    listener: (event: any) => void,
  ): void;
};
export type SocketConstructor = new (url: string) => Socket;

export type SocketStream = {
  WebSocket: SocketConstructor;
  baseUrl: string;
  apiKey: string | undefined;
  sessionId: string;
  /** The data of the `stream` frame that asks. */
  message: Record<string, unknown>;
  signal: AbortSignal;
  /** A connection that says nothing for so long counts as lost, in milliseconds. */
  idleMs: number;
  retriesMax: number;
  retryAfterMaxSeconds: number;
  onToken(token: string): void;
  onRestart: (() => void) | undefined;
  sleep?: typeof realSleep | undefined;
  random?: (() => number) | undefined;
};

type Progress = { tokens: number };

// What the server closes with, as it would be over HTTP: these say that another try would end the same way.
const refusals: Record<number, [status: number, code: string]> = {
  1000: [0, "connection_closed"],
  1008: [403, "PERMISSION_ERROR"],
  1009: [413, "PAYLOAD_TOO_LARGE"],
  4401: [401, "AUTHENTICATION_ERROR"],
  4403: [403, "PERMISSION_ERROR"],
  4404: [404, "NOT_FOUND"],
};

function closedError(code: number, reason: string): BatonError {
  const [status, name] = refusals[code] ?? [0, "connection_failed"];
  const why = reason ? `: ${reason}` : "";
  return new BatonError({ status, code: name, message: `The chat's connection was closed with ${code}${why}.` });
}

function silentError(idleMs: number): BatonError {
  const message = `The chat's connection said nothing for ${idleMs} ms.`;
  return new BatonError({ status: 0, code: "connection_failed", message });
}

async function addressOf({ baseUrl, sessionId }: SocketStream): Promise<string> {
  const clientId = `sdk-${(await randomUuid()).slice(0, 13)}`;
  return `${baseUrl.replace(/^http/i, "ws")}/chat/ws/${clientId}/${encodeURIComponent(sessionId)}`;
}

/** One connection, from its start to the end of the answer. */
async function once(stream: SocketStream, progress: Progress): Promise<void> {
  const { WebSocket, apiKey, message, signal, onToken, idleMs } = stream;
  const url = await addressOf(stream);
  signal.throwIfAborted();
  const socket = new WebSocket(url);
  const send = (type: string, data: object) => socket.send(JSON.stringify({ type, data }));
  let isAsked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rest = () => {};
  /** Works on a frame; true when it was the last. Throws what the server says went wrong. */
  const take = ({ type, data = {} }: Frame): boolean => {
    if (type === "control" && data.action === "error") throw socketError(data.error as object);
    if (type === "control" && data.action === "connected" && !isAsked) {
      isAsked = true;
      send("stream", message);
    }
    if (type !== "stream") return false;
    if (data.done === true) return true;
    progress.tokens++;
    onToken(String(data.token ?? ""));
    return false;
  };
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      socket.addEventListener("error", () => undefined);
      socket.addEventListener("close", ({ code, reason }) => reject(closedError(code, String(reason ?? ""))));
      // The key goes in a message, not in the address: addresses are logged on the way.
      socket.addEventListener("open" as "message", () => apiKey && send("control", { action: "auth", token: apiKey }));
      socket.addEventListener("message", ({ data }) => {
        rest();
        try {
          if (take(JSON.parse(String(data)))) resolve();
        } catch (error) {
          reject(error);
        }
      });
      rest = () => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(silentError(idleMs)), idleMs);
      };
      rest();
    });
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

/** Whether another try may end otherwise, and the server does not want to be left alone for longer than that. */
function mayPass(error: unknown, retryAfterMaxSeconds: number): error is BatonError {
  if (!(error instanceof BatonError) || (error.retryAfterSeconds ?? 0) > retryAfterMaxSeconds) return false;
  return error.code === "connection_failed" || error.status === 429 || error.status === 503;
}

/**
 * Asks over a socket and gives each piece of the answer away. A connection that fails before the answer began is made
 * again with back-off, one that fails in the middle only when the caller can forget what came (`onRestart`).
 */
export async function streamOverSocket(stream: SocketStream): Promise<void> {
  const { signal, onRestart, retriesMax, retryAfterMaxSeconds, sleep = realSleep, random } = stream;
  for (let n = 0; ; n++) {
    const progress: Progress = { tokens: 0 };
    try {
      return await once(stream, progress);
    } catch (error) {
      const isLost = progress.tokens > 0 && !onRestart;
      if (signal.aborted || isLost || n >= retriesMax || !mayPass(error, retryAfterMaxSeconds)) throw error;
      if (progress.tokens > 0) onRestart?.();
      await sleep(waitMs(error, n, random), signal);
    }
  }
}
