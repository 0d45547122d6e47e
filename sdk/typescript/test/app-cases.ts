import { describe, expect, test } from "vitest";
import { send } from "../../../lib/testing/client.ts";
import { createOrganization } from "../../../lib/testing/factories.ts";
import { chatText, completionText } from "../src/chat-text.ts";
import { Baton } from "../src/client.ts";

export function appCases(host: { url: string }): void {
  describe("the Baton client", () => {
    const open = async (more: object = {}) => {
      const organization = await createOrganization();
      return { ...organization, baton: new Baton({ apiKey: organization.apiKey, baseUrl: host.url, ...more }) };
    };
    async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
      const found: T[] = [];
      for await (const one of list) found.push(one);
      return found;
    }

    test("C6 P3 X1 calls of every family, typed, by name and by operationId", async () => {
      const { baton } = await open();
      const { app } = await baton.request("POST /api/agent-apps", { body: { name: "Tides" } });
      const got = await baton.request("GET /api/agent-apps/{id}", { params: { id: app.id } });
      expect(got.app.name).toBe("Tides");
      expect(await baton.request(`GET /api/agent-apps/${app.id}`)).toEqual(got);
      const session = await baton.request("POST /api/sessions", { body: { user_id: "u1" } });
      expect(session).toMatchObject({ user_id: "u1" });
      const health = await baton.request("GET /api/health");
      expect(health).toMatchObject({ version: "2.0.0", services: { database: "connected" } });
      const byId = Object.entries(baton.operations);
      expect(byId.length).toBeGreaterThan(200);
      expect(new Set(byId.map(([id]) => id)).size).toBe(byId.length);
    });

    test("README 2 an error of each family is read: status, code, message, field, request id", async () => {
      const { baton } = await open();
      const unknown = "01920000-0000-7000-8000-000000000001";
      const request_id = expect.stringMatching(/^req_/);
      const calls: [string, object, object][] = [
        ["POST /api/projects", { body: {} }, { status: 400, code: "bad_request", requestId: request_id }],
        [
          "GET /api/agent-apps/{id}",
          { params: { id: unknown } },
          { status: 404, code: "NOT_FOUND", requestId: request_id },
        ],
        ["POST /api/agent-apps", { body: {} }, { status: 400, code: "VALIDATION_ERROR", field: "name" }],
        ["POST /api/threads", { body: {} }, { status: 422, code: "validation_error", field: "session_id" }],
        [
          "POST /chat/v2/chat",
          { body: {} },
          {
            status: 400,
            code: "VALIDATION_ERROR",
            field: "message",
            requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
          },
        ],
        [
          "POST /api/spawn",
          { body: { task: " " } },
          { status: 400, code: "bad_request", message: "Task cannot be empty", requestId: request_id },
        ],
        [
          "GET /api/agent/{id}",
          { params: { id: "subagent_1" } },
          { status: 404, code: "not_found", requestId: request_id },
        ],
        [
          "POST /v1/chat/completions",
          { body: { model: "none", messages: [{ role: "user", content: "Hi" }] } },
          { status: 404, code: expect.any(String) },
        ],
      ];
      for (const [operation, options, error] of calls) {
        await expect(baton.request(operation, options), operation).rejects.toMatchObject({
          name: "BatonError",
          ...error,
        });
      }
      const stranger = new Baton({ apiKey: "sk_live_wrong", baseUrl: host.url });
      for (const path of ["/api/stats", "/api/agent-apps", "/api/models", "/chat/v2/webhooks", "/api/agents"]) {
        await expect(stranger.request(`GET ${path}`), path).rejects.toMatchObject({ status: 401 });
      }
    });

    test("README 5.4 a write that is sent again with its key is done once", async () => {
      const { baton } = await open();
      const spawn = () => baton.raw("POST /api/spawn", { body: { task: "Go" }, idempotencyKey: "k1" });
      const [first, again] = [await spawn(), await spawn()];
      expect(again.headers.get("idempotency-replayed")).toBe("true");
      expect(await again.json()).toEqual(await first.json());
      const other = baton.request("POST /api/spawn", { body: { task: "Else" }, idempotencyKey: "k1" });
      await expect(other).rejects.toMatchObject({ status: 409, message: "Idempotency key payload mismatch" });
    });

    test("README 5.4 a form that is sent again has the same bytes", async () => {
      const { baton } = await open();
      const body = () => {
        const form = new FormData();
        const fields = {
          model: "sonnet",
          complexity: "high",
          segment: "enterprise",
          estimated_input: "3000",
          estimated_output: "1200",
        };
        for (const [name, value] of Object.entries(fields)) form.set(name, value);
        return form;
      };
      const { quote } = await baton.request("POST /api/pricing/quote", { body: body() });
      expect(quote).toMatchObject({ internal_cost: 0.027, recommended_price: 0.5, gross_margin_pct: 94.6 });
      let calls = 0;
      const lossy: typeof fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (++calls > 1) return response;
        await response.text();
        throw new TypeError("terminated");
      };
      const again = await open({ fetch: lossy, sleep: async () => undefined });
      const [first] = await Promise.all([again.baton.request("POST /api/pricing/quote", { body: body() })]);
      expect(first.quote).toMatchObject({ internal_cost: 0.027 });
      expect(calls).toBe(2);
      const quotes = await all(again.baton.items("GET /api/pricing/quotes"));
      expect(quotes).toHaveLength(1);
    });

    test("A21 README 5.5 lists are read to their end by cursor, by offset, with has_more and without", async () => {
      const { baton, ctx, apiKey } = await open();
      const agents = { agents: Array.from({ length: 5 }, (_, n) => ({ task: `Task ${n}` })) };
      await baton.request("POST /api/spawn-batch", { body: agents });
      const pages = await all(baton.pages("GET /api/agents", { query: { limit: 2 } }));
      expect(pages.map(({ data }) => data.length)).toEqual([2, 2, 1]);
      const found = await all(baton.items("GET /api/agents", { query: { limit: 2, sort: "created_at" } }));
      expect(new Set(found.map(({ agent_id }) => agent_id)).size).toBe(5);
      const filtered = await all(baton.items("GET /api/agents", { query: { filter: { task: "Task 3" } } }));
      expect(filtered.map(({ task }) => task)).toEqual(["Task 3"]);

      for (let n = 0; n < 5; n++) await baton.request("POST /api/agent-apps", { body: { name: `App ${n}` } });
      const apps = await all(baton.items("GET /api/agent-apps", { query: { limit: 2 } }));
      expect(new Set(apps.map(({ name }) => name)).size).toBe(5);
      expect(await all(baton.pages("GET /api/agent-apps", { query: { limit: 5 } }))).toHaveLength(2);

      const eventsFound = await all(baton.items("GET /api/events", { query: { limit: 3 } }));
      const { body } = await send("GET /api/events?limit=100", { apiKey });
      expect(eventsFound.map(({ id }) => id)).toEqual(body.data.map(({ id }: { id: number }) => id));
      expect(ctx.organizationId).toBeTruthy();

      for (let n = 0; n < 3; n++) {
        await baton.request("POST /chat/v2/webhooks", {
          body: { url: `https://example.com/${n}`, events: ["chat.completed"] },
        });
      }
      expect(await all(baton.items("GET /chat/v2/webhooks", { query: { limit: 2 } }))).toHaveLength(3);
      expect((await all(baton.items("GET /api/models"))).length).toBeGreaterThan(3);
      expect(await all(baton.pages("GET /api/models"))).toHaveLength(1);
    });

    test("L1 events arrive as they happen, and those behind the last one that was read afterwards", async () => {
      const { baton, apiKey } = await open();
      const read = async (headers: Record<string, string>, begun?: () => Promise<unknown>) => {
        const found: { id: string | undefined; event: string }[] = [];
        // The feed is followed from the moment on at which the server has answered.
        const answered = Promise.withResolvers<void>();
        const watched: typeof fetch = (...call) => fetch(...call).finally(answered.resolve);
        const events = new Baton({ apiKey, baseUrl: host.url, fetch: watched }).events("GET /api/events", { headers });
        const first = events.next();
        await answered.promise;
        await begun?.();
        for (let next = await first; !next.done; next = await events.next()) {
          found.push({ id: next.value.id, event: next.value.event });
          if (next.value.event === "agent.completed") break;
        }
        await events.return();
        return found;
      };
      const seen = await read({}, () => baton.request("POST /api/spawn", { body: { task: "Go" } }));
      expect(seen.map(({ event }) => event)).toEqual(["agent.spawned", "agent.started", "agent.completed"]);
      expect(await read({ "Last-Event-ID": seen[0]?.id ?? "" })).toEqual(seen.slice(1));
    });

    test("+O1 text streams of the chat and of completions are the whole answer", async () => {
      const { baton } = await open();
      const pieces = await all(
        chatText(baton, { message: "Why are there tides?", session_id: "s1", optimization_mode: "lite" }),
      );
      const { data } = await baton.request("GET /chat/v2/sessions/{session_id}/history", {
        params: { session_id: "s1" },
      });
      expect(pieces.length).toBeGreaterThan(1);
      expect(data.turns.at(-1)?.content).toBe(pieces.join(""));
      const input = { model: "gpt4", messages: [{ role: "user", content: "Why are there tides?" }] };
      const text = (await all(completionText(baton, input))).join("");
      expect(text).not.toBe("");
    });

    test("A29 a signed key's calls are taken, each with a signature of its own; a wrong secret is refused", async () => {
      const { baton } = await open();
      const { apiKey } = await baton.request("POST /api/api-keys", { body: { name: "Signed", signing: true } });
      const secret = (apiKey as { signing_secret?: string }).signing_secret ?? "";
      const signed = new Baton({ apiKey: apiKey.key, baseUrl: host.url, signingSecret: secret });
      const agent = await signed.request("POST /api/spawn", { body: { task: "Größe" } });
      const many = Array.from({ length: 20 }, () =>
        signed.request("GET /api/agents", { query: { limit: 1, filter: { task: "Größe" } } }),
      );
      for (const { data } of await Promise.all(many)) expect(data[0]?.agent_id).toBe(agent.agent_id);
      for (const signingSecret of [undefined, "wrong"]) {
        const other = new Baton({ apiKey: apiKey.key, baseUrl: host.url, signingSecret });
        await expect(other.request("GET /api/system")).rejects.toMatchObject({
          status: 401,
          message: "Invalid request signature",
        });
      }
    });

    test("A call that cannot be made says so before anything is sent", async () => {
      const { baton } = await open();
      const refused = { status: 0, code: "invalid_call" };
      for (const id of ["", ".", ".."]) {
        await expect(baton.request("GET /api/agent/{id}", { params: { id } })).rejects.toMatchObject({
          ...refused,
          field: "params.id",
        });
      }
      await expect(baton.request("agents")).rejects.toMatchObject(refused);
      await expect(baton.request("GET /api/agent/{id}", { params: { id: "../agents" } })).rejects.toMatchObject({
        status: 404,
      });
    });
  });
}
