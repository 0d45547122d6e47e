import { beforeEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { send } from "../../../lib/testing/client.ts";
import { createOrganization } from "../../../lib/testing/factories.ts";
import AIOrchestraByDefault, { AIOrchestra } from "../src/orchestra.ts";
import { noWaiting } from "./flaky-server.ts";

export function orchestraCases(host: { url: string }): void {
  describe("the AIOrchestra client", () => {
    let apiKey = "";
    beforeEach(async () => {
      ({ apiKey } = await createOrganization());
    });
    const clientOf = (more: object = {}) => new AIOrchestra({ apiKey, baseUrl: host.url, ...more });
    const historyOf = async (id: string) =>
      (await send(`GET /chat/v2/sessions/${id}/history`, { apiKey })).body.data.turns;

    test("O1 chat answers the data in camelCase with its request id", async () => {
      const response = await clientOf().chat({ message: "Explain React hooks", optimizationMode: "quality" });
      expect(response).toEqual({
        response: expect.any(String),
        sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        executionMode: "single",
        qualityScore: expect.any(Number),
        executionTime: expect.any(Number),
        metadata: {
          tokensUsed: expect.any(Number),
          model: expect.any(String),
          processingSteps: expect.any(Array),
          simulated: true,
        },
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      });
      expect(AIOrchestraByDefault).toBe(AIOrchestra);
    });

    test("O1 every field reaches the server under its own name", async () => {
      const client = clientOf();
      const input = { message: "Hi", sessionId: "s1", useMemory: true, userContext: { plan: "gold" } };
      expect(await client.chat({ ...input, swarmType: "coding-debate" })).toMatchObject({
        executionMode: "debate",
        sessionId: "s1",
      });
      const wrong = client.chat({ message: "Hi", optimizationMode: "fast" as "lite" });
      await expect(wrong).rejects.toMatchObject({ status: 400, code: "VALIDATION_ERROR", field: "optimization_mode" });
      await expect(client.chat({ message: " " })).rejects.toMatchObject({
        field: "message",
        requestId: expect.any(String),
      });
    });

    test.each([
      ["the global WebSocket", {}],
      ["the ws library", { WebSocket }],
      ["Server-Sent Events", { WebSocket: null }],
    ])("O2 streamChat over %s: the tokens together are the answer, kept in the session", async (_, more) => {
      const tokens: string[] = [];
      const stream = clientOf(more).streamChat({
        message: "Generate a React component",
        sessionId: "s 1/2",
        optimizationMode: "lite",
        useMemory: true,
        onToken: (token) => tokens.push(token),
      });
      const text = await stream.done;
      expect(tokens.length).toBeGreaterThan(1);
      expect(tokens.join("")).toBe(text);
      expect(await stream.sessionId).toBe("s 1/2");
      const turns = await historyOf("s%201%2F2");
      expect(turns).toMatchObject([{ content: "Generate a React component" }, { content: text }]);
    });

    test("O2 streamChat refuses a wrong key, and bad input, at once", async () => {
      const stranger = clientOf({ apiKey: "sk_live_wrong" }).streamChat({ message: "Hi" });
      await expect(stranger.done).rejects.toMatchObject({ status: 401, code: "AUTHENTICATION_ERROR" });
      const wrong = clientOf().streamChat({ message: " " });
      await expect(wrong.done).rejects.toMatchObject({ status: 400, code: "VALIDATION_ERROR", field: "message" });
      const events = clientOf({ WebSocket: null }).streamChat({ message: "Hi", userContext: {} });
      await expect(events.done).rejects.toMatchObject({ code: "invalid_call", field: "userContext" });
    });

    test.each([
      ["a socket", {}],
      ["Server-Sent Events", { WebSocket: null }],
    ])("O2 close() stops the answer over %s; done is what had come", async (_, more) => {
      const stream = clientOf(more).streamChat({ message: "Tell me a long story", onToken: () => stream.close() });
      const text = await stream.done;
      expect(text).not.toBe("");
      const early = clientOf(more).streamChat({ message: "Hi" });
      early.close();
      expect(await early.done).toBe("");
      const stop = new AbortController();
      const watched = clientOf(more).streamChat({ message: "Hi", signal: stop.signal });
      stop.abort(new Error("The user left"));
      await expect(watched.done).rejects.toThrow("The user left");
    });

    type Script = (socket: WebSocket, asked: { message: string }, connection: number) => void;

    /** A chat server that does as it is told once it is asked; counts connections. */
    async function startChatServer(script: Script) {
      const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
      await new Promise((resolve) => server.once("listening", resolve));
      const seen = {
        connections: 0,
        paths: [] as string[],
        frames: [] as { type: string; data: { token?: string } }[],
      };
      server.on("connection", (socket, request) => {
        const connection = ++seen.connections;
        seen.paths.push(request.url ?? "");
        socket.on("message", (text) => {
          const frame = JSON.parse(String(text));
          seen.frames.push(frame);
          if (frame.type === "control") socket.send(JSON.stringify({ type: "control", data: { action: "connected" } }));
          else script(socket, frame.data, connection);
        });
      });
      const { port } = server.address() as { port: number };
      const close = async () => {
        for (const socket of server.clients) socket.terminate();
        await new Promise((resolve) => server.close(resolve));
      };
      return { ...{ url: `http://127.0.0.1:${port}`, seen }, [Symbol.asyncDispose]: close };
    }
    const say = (socket: WebSocket, data: object) => socket.send(JSON.stringify({ type: "stream", data }));
    const answer = (socket: WebSocket, ...tokens: string[]) => {
      for (const [index, token] of tokens.entries()) say(socket, { token, index, done: false });
      say(socket, { done: true, response: tokens.join("") });
    };

    test("O2 a connection lost before the answer is made again with back-off, in the same session", async () => {
      await using server = await startChatServer((socket, _, connection) => {
        if (connection === 1) socket.terminate();
        else if (connection === 2) socket.close(1013, "Draining");
        else answer(socket, "Hel", "lo");
      });
      const waiting = noWaiting();
      const stream = new AIOrchestra({ apiKey, baseUrl: server.url, ...waiting }).streamChat({ message: "Hi" });
      expect(await stream.done).toBe("Hello");
      expect(waiting.waitedMs).toEqual([1_000, 2_000]);
      expect(new Set(server.seen.paths.map((path) => path.split("/").at(-1))).size).toBe(1);
    });

    test("O2 the key goes in a message, never in the address", async () => {
      await using server = await startChatServer((socket) => answer(socket, "ok"));
      await new AIOrchestra({ apiKey, baseUrl: server.url }).streamChat({ message: "Hi" }).done;
      expect(server.seen.paths.join()).not.toContain(apiKey);
      expect(server.seen.frames.map(({ type, data }) => [type, data.token])).toEqual([
        ["control", apiKey],
        ["stream", undefined],
      ]);
    });

    test("O2 a rate limit or an outage is waited for; other errors are told", async () => {
      const refuse = (socket: WebSocket, code: string, details: object) =>
        socket.send(
          JSON.stringify({ type: "control", data: { action: "error", error: { code, message: "No", details } } }),
        );
      await using server = await startChatServer((socket, _, connection) => {
        if (connection === 1) refuse(socket, "RATE_LIMIT_ERROR", { retry_after: 9 });
        else if (connection === 2) refuse(socket, "SERVICE_UNAVAILABLE", {});
        else if (connection === 3) answer(socket, "ok");
        else refuse(socket, "VALIDATION_ERROR", { field: "message" });
      });
      const waiting = noWaiting();
      const client = new AIOrchestra({ apiKey, baseUrl: server.url, ...waiting });
      expect(await client.streamChat({ message: "Hi" }).done).toBe("ok");
      expect(waiting.waitedMs).toEqual([9_000, 2_000]);
      await expect(client.streamChat({ message: "Hi" }).done).rejects.toMatchObject({ status: 400, field: "message" });
    });

    test("O2 a connection lost in the middle fails, unless the caller can begin again", async () => {
      await using server = await startChatServer((socket, _, connection) => {
        if (connection % 2 === 0) return answer(socket, "Hel", "lo");
        say(socket, { token: "Go", index: 0, done: false });
        setTimeout(() => socket.terminate(), 20);
      });
      const client = new AIOrchestra({ apiKey, baseUrl: server.url, ...noWaiting() });
      await expect(client.streamChat({ message: "Hi" }).done).rejects.toMatchObject({ code: "connection_failed" });
      expect(server.seen.connections).toBe(1);
      server.seen.connections = 0;
      let shown = "";
      const onToken = (token: string) => {
        shown += token;
      };
      await using again = await startChatServer((socket, _, connection) => {
        if (connection === 2) return answer(socket, "Hel", "lo");
        say(socket, { token: "Go", index: 0, done: false });
        setTimeout(() => socket.terminate(), 20);
      });
      const other = new AIOrchestra({ apiKey, baseUrl: again.url, ...noWaiting() });
      const stream = other.streamChat({ message: "Hi", onToken, onRestart: () => (shown = "") });
      expect(await stream.done).toBe("Hello");
      expect(shown).toBe("Hello");
    });

    test("O2 a silent connection counts as lost; what the caller's own function throws ends the stream", async () => {
      await using server = await startChatServer((socket, _, connection) => {
        if (connection > 1) answer(socket, "ok");
      });
      const client = new AIOrchestra({ apiKey, baseUrl: server.url, ...noWaiting(), timeoutMs: 300 });
      expect(await client.streamChat({ message: "Hi" }).done).toBe("ok");
      expect(server.seen.connections).toBe(2);
      const onToken = () => {
        throw new Error("The page is gone");
      };
      await expect(client.streamChat({ message: "Hi", onToken }).done).rejects.toThrow("The page is gone");
    });
  });
}
