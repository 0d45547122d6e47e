import { afterAll, beforeAll, expect, test } from "vitest";
import { provideEnvironment } from "#lib/env";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { openThread } from "#lib/testing/orchestrations";

beforeAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1" }));
afterAll(() => provideEnvironment({ RATE_LIMIT_MULTIPLIER: "1000" }));

test("100 calls a minute of one session, however it is named; the next is 429 with its figures", async () => {
  const { apiKey } = await createOrganization();
  const { sessionId, threadId } = await openThread(apiKey);
  const lines = [
    `GET /api/sessions/${sessionId}`,
    `GET /api/threads/${threadId}`,
    `GET /api/analytics/session/${sessionId}`,
  ];
  // The thread was opened with one call that named the session; a new minute may begin on the way.
  const statuses: number[] = [];
  let last = await send(lines[0] ?? "", { apiKey });
  for (let index = 0; last.status === 200 && index < 300; index++) {
    statuses.push(last.status);
    last = await send(lines[index % 3] ?? "", { apiKey });
  }
  expect(last).toMatchObject({ status: 429, body: { status_code: 429, detail: expect.any(String) } });
  expect(statuses.length).toBeGreaterThanOrEqual(99);
  expect(last.headers.get("x-ratelimit-limit")).toBe("100");
  expect(last.headers.get("x-ratelimit-remaining")).toBe("0");
  expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
  const wrong = { session_id: sessionId };
  expect((await send("POST /api/threads/", { apiKey, body: wrong })).status).toBe(429);
  expect((await send("POST /api/orchestration/start", { apiKey, body: { thread_id: threadId } })).status).toBe(429);
  const other = await openThread(apiKey);
  expect((await send(`GET /api/sessions/${other.sessionId}`, { apiKey })).status).toBe(200);
});
