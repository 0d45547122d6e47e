import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { listRuns } from "#lib/runs/service";
import { cookiesOf, type Sent, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { prepareProvider } from "#lib/testing/fake-provider";

const provider = prepareProvider();

type Event = { event: string; data: { type: string; data: Record<string, unknown> } };
const eventsOf = ({ text }: Sent): Event[] =>
  [...text.matchAll(/event: (.+)\ndata: (.+)\n/g)].map(([, event = "", data = ""]) => ({
    event,
    data: JSON.parse(data),
  }));

test.each([
  ["balanced", "optimization_mode=balanced"],
  ["lite", "optimization_mode=lite"],
  ["quality", "optimization_mode=quality"],
  ["a team", "swarm_type=research-team"],
  ["a debate", "swarm_type=coding-debate"],
])("+O1 the stream of %s: the tokens together are the response", async (_, query) => {
  const { apiKey, ctx } = await createOrganization();
  const answer = await send(`GET /chat/v2/stream?session_id=sse&message=Hi&${query}`, { apiKey });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const events = eventsOf(answer);
  expect(new Set(events.map(({ event }) => event))).toEqual(new Set(["stream"]));
  const last = events.pop()?.data.data;
  const tokens = events.map(({ data }) => data.data);
  expect(tokens.map(({ index }) => index)).toEqual(tokens.map((_, index) => index));
  expect(tokens.map(({ token }) => token).join("")).toBe("Hello from the fake provider.");
  expect(last).toMatchObject({ done: true, response: "Hello from the fake provider.", session_id: "sse" });
  expect(last?.metadata).toMatchObject({ model: expect.any(String), tokens_used: expect.any(Number) });
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([{ status: "completed", kind: "chat" }]);
});

test("+O1 a failure comes as an error in the stream; wrong input, other sites and reconnects before it", async () => {
  const { apiKey } = await createOrganization();
  provider.fake.script({ type: "status", status: 400, body: { error: { message: "Not today" } } });
  const failed = eventsOf(await send("GET /chat/v2/stream?message=Hi&optimization_mode=lite", { apiKey }));
  expect(failed).toMatchObject([
    { event: "control", data: { data: { action: "error", error: { code: "VALIDATION_ERROR" } } } },
  ]);
  expect((await send("GET /chat/v2/stream?session_id=x", { apiKey })).body.error.details.field).toBe("message");
  const again = await send("GET /chat/v2/stream?message=Hi", { apiKey, headers: { "last-event-id": "3" } });
  expect(again.status).toBe(204);
  expect((await send("HEAD /chat/v2/stream?message=Hi", { apiKey })).status).toBe(405);
  expect(provider.fake.received).toHaveLength(1);
});

test("+O1 a model that breaks off while it is heard ends the stream with an error; no other model speaks on", async () => {
  const { apiKey, ctx } = await createOrganization();
  provider.fake.script({ type: "cut", after: 3 });
  const events = eventsOf(await send("GET /chat/v2/stream?message=Hi&optimization_mode=lite", { apiKey }));
  expect(events.map(({ data }) => data.data.token ?? data.data.action)).toEqual(["word ", "word ", "word ", "error"]);
  expect(events.at(-1)?.data.data).toMatchObject({ error: { code: "SERVICE_UNAVAILABLE" } });
  expect(provider.fake.received).toHaveLength(1);
  expect((await listRuns(ctx, { limit: 1, offset: 0 })).items).toMatchObject([{ status: "failed" }]);
});

test("+O1 the login cookie opens the stream from this site only: it spends what a write spends", async () => {
  const credentials = { email: `${randomUUID()}@example.com`, password: "correct horse 9" };
  await send("POST /api/auth/signup", { body: credentials });
  const cookie = cookiesOf((await send("POST /api/auth/login", { body: credentials })).headers);
  const line = "GET /chat/v2/stream?message=Hi&optimization_mode=lite";
  const elsewhere = await send(line, { cookie, headers: { "sec-fetch-site": "cross-site" } });
  expect(elsewhere).toMatchObject({ status: 403, body: { error: { code: "PERMISSION_ERROR" } } });
  expect(provider.fake.received).toHaveLength(0);
  expect(eventsOf(await send(line, { cookie, headers: { "sec-fetch-site": "same-origin" } })).length).toBeGreaterThan(
    1,
  );
});
