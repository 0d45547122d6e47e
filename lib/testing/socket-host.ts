import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { bearer, connect, type TestSocket } from "#lib/testing/socket-client";
import { startWeb, type Web } from "#server/web";

type Settings = NonNullable<Parameters<typeof startWeb>[0]["sockets"]>;

export const root = join(import.meta.dirname, "../..");
/** A chat's address. */
export const path = "/chat/ws/phone/s1";

export const control = (action: string, more: object = {}) => ({ type: "control", data: { action, ...more } });

/** What a failure looks like on a chat socket. */
export const errorOf = (code: string, details: object = {}) => ({
  type: "control",
  data: { action: "error", error: { code, message: expect.any(String), details: expect.objectContaining(details) } },
  timestamp: expect.stringMatching(/Z$/),
});

/** A web server of this process for all tests of a file; what a test opened is closed after it. */
export function prepareSockets(settings: Settings = { pingMs: 300, patienceMs: 400 }) {
  const opened: TestSocket[] = [];
  const host = { web: undefined as unknown as Web, base: "" };
  beforeAll(async () => {
    host.web = await startWeb({ root, host: "127.0.0.1", port: 0, sockets: settings });
    host.base = `ws://127.0.0.1:${host.web.port}`;
  });
  afterAll(() => host.web.stop(1_000));
  afterEach(() => {
    for (const { socket } of opened.splice(0)) socket.terminate();
  });
  const open = async (url = path, options: Parameters<typeof connect>[1] = {}) => {
    const client = await connect(`${host.base}${url}`, options);
    opened.push(client);
    return client;
  };
  /** A connection with credentials whose greeting was read. */
  const greeted = async (key: string, url = path) => {
    const client = await open(url, bearer(key));
    expect(await client.next()).toMatchObject(control("connected"));
    return client;
  };
  return { host, open, greeted };
}
