import { once } from "node:events";
import { type ClientOptions, WebSocket } from "ws";

export type TestSocket = {
  socket: WebSocket;
  // Tests look into frames of many shapes; expect() checks what they find.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  frames: any[];
  send(frame: unknown): void;
  /** The next frame that was not read yet. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  next(): Promise<any>;
  /** How the connection was closed. */
  closed: Promise<{ code: number; reason: string }>;
};

/** Wraps a client's socket; frames that arrive with the answer to the upgrade are kept too. */
function wrap(socket: WebSocket): TestSocket {
  const frames: unknown[] = [];
  let read = 0;
  let arrived = Promise.withResolvers<void>();
  socket.on("message", (data) => {
    frames.push(JSON.parse(String(data)));
    arrived.resolve();
    arrived = Promise.withResolvers<void>();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) })),
  );
  socket.on("error", () => undefined);
  return {
    socket,
    frames,
    closed,
    send: (frame) => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    next: async () => {
      while (read >= frames.length) {
        const end = closed.then(({ code, reason }) => {
          if (read >= frames.length) throw new Error(`Closed with ${code} ${reason}`);
        });
        await Promise.race([arrived.promise, end]);
      }
      return frames[read++];
    },
  };
}

/** Opens a connection. Throws when it is refused. */
export async function connect(url: string, options: ClientOptions = {}): Promise<TestSocket> {
  const client = wrap(new WebSocket(url, options));
  await once(client.socket, "open");
  return client;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes, as above
type Refusal = { status: number; headers: Record<string, unknown>; body: any };

/** The answer to an upgrade that is refused. */
export async function refusal(url: string, options: ClientOptions = {}): Promise<Refusal> {
  const socket = new WebSocket(url, options);
  socket.on("error", () => undefined);
  const [, response] = await once(socket, "unexpected-response");
  let text = "";
  for await (const part of response) text += part;
  return { status: response.statusCode, headers: response.headers, body: JSON.parse(text) };
}

export const bearer = (key: string): ClientOptions => ({ headers: { authorization: `Bearer ${key}` } });
