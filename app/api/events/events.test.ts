import { describe, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { pool } from "#lib/db/client";
import { sql } from "#lib/db/sql";
import { system, transaction } from "#lib/db/transaction";
import { followEvents, type StreamedEvent } from "#lib/events/service";
import { recordEvent } from "#lib/records/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { GET } from "./route.ts";

type Item = { id: number; type: string; data: { n: number } };

/** A route's answer itself, whose body is still being written. */
function call(handler: typeof GET, options: { path: string; apiKey: string; headers: Record<string, string> }) {
  const headers = { ...options.headers, authorization: `Bearer ${options.apiKey}` };
  return handler(new Request(`http://localhost:3000${options.path}`, { headers }));
}

const tell = (ctx: Context, n: number, type = "test.told") =>
  transaction(ctx, (tx) => recordEvent(tx, ctx, type, { n }));
const list = (apiKey: string, query = "") => send(`GET /api/events${query}`, { apiKey });
const numbers = (body: { data: Item[] }) => body.data.map(({ data }) => data.n);

/** Collects what a stream tells until it is stopped. */
async function collect(ctx: Context, after?: number, query = {}) {
  const events: StreamedEvent[] = [];
  const end = new AbortController();
  const begin = await followEvents(ctx, query, after);
  const done = (async () => {
    for await (const event of begin(end.signal)) events.push(event);
  })();
  const stop = async () => {
    end.abort();
    await done;
  };
  return { events, stop, seen: () => events.map(({ data }) => data.data.n) };
}

describe("L1 list", () => {
  test("L1 events of all families, newest first, in the documented frame, paged by cursor", async () => {
    const { apiKey, ctx } = await createOrganization();
    for (let n = 1; n <= 25; n++) await tell(ctx, n);
    const first = await list(apiKey, "?limit=10&type=test.told");
    expect(Object.keys(first.body)).toEqual(["data", "pagination"]);
    expect(first.body.data[0]).toEqual({
      id: expect.any(Number),
      type: "test.told",
      timestamp: expect.stringMatching(/Z$/),
      data: { n: 25 },
    });
    const seen = numbers(first.body);
    for (let { cursor } = first.body.pagination; cursor; ) {
      expect(JSON.parse(Buffer.from(cursor, "base64").toString())).toEqual({ id: expect.any(Number) });
      const next = await list(apiKey, `?limit=10&type=test.told&cursor=${encodeURIComponent(cursor)}`);
      seen.push(...numbers(next.body));
      cursor = next.body.pagination.cursor;
      expect(next.body.pagination.has_more).toBe(cursor !== null);
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
    expect((await list(apiKey)).body.data.map(({ type }: Item) => type)).not.toContain("nothing");
    expect((await list(apiKey, "?limit=100")).body.data.at(-1).type).toBe("api.key.created");
    expect((await send("GET /api/v4/events?limit=1", { apiKey })).body.data).toHaveLength(1);
  });

  test("L1 filters, and wrong ones in the object form", async () => {
    const { apiKey, ctx } = await createOrganization();
    await tell(ctx, 1, "agent.completed");
    await tell(ctx, 2, "agent.failed");
    await tell(ctx, 3, "chat.completed");
    const filtered = async (filter: object) =>
      numbers((await list(apiKey, `?filter=${encodeURIComponent(JSON.stringify(filter))}`)).body);
    expect(await filtered({ type_starts_with: "agent." })).toEqual([2, 1]);
    expect(await filtered({ type_in: ["agent.failed", "chat.completed"], created_after: "2020-01-01" })).toEqual([
      3, 2,
    ]);
    for (const query of [
      "?filter=x",
      "?filter=%7B%22data%22:1%7D",
      "?cursor=eA",
      "?limit=-1",
      "?sort=type",
      "?filter=%7B%22id%22:%22x%22%7D",
    ])
      expect(await list(apiKey, query), query).toMatchObject({ status: 400, body: { error: { code: 400 } } });
  });

  test("L1 another organization's events are not seen, nor counted by its numbers", async () => {
    const [one, other] = [await createOrganization(), await createOrganization()];
    await tell(one.ctx, 1);
    await tell(other.ctx, 2);
    expect(numbers((await list(one.apiKey, "?type=test.told")).body)).toEqual([1]);
    const ids = (await list(other.apiKey)).body.data.map(({ id }: Item) => id);
    expect(ids).toEqual(Array.from({ length: ids.length }, (_, index) => ids.length - index));
    await expect(
      transaction(other.ctx, (tx) => tx.run(sql`select baton.number_events(${one.organizationId}, 10)`)),
    ).rejects.toMatchObject({ code: "42501" });
  });
});

describe("L1 stream", () => {
  test("L1 the stream goes on behind Last-Event-ID and tells what happens as it happens", async () => {
    const { apiKey, ctx } = await createOrganization();
    for (let n = 1; n <= 3; n++) await tell(ctx, n);
    const [, second] = (await list(apiKey, "?type=test.told")).body.data;
    const { events, seen, stop } = await collect(ctx, second.id);
    await expect.poll(seen).toEqual([3]);
    await tell(ctx, 4);
    await expect.poll(seen, { timeout: 4_000 }).toEqual([3, 4]);
    expect(events[0]).toMatchObject({
      id: second.id + 1,
      event: "test.told",
      data: { id: second.id + 1, type: "test.told", data: { n: 3 } },
    });
    await stop();
  });

  test("L1 Accept: text/event-stream answers with Server-Sent Events", async () => {
    const { apiKey, ctx } = await createOrganization();
    await tell(ctx, 1);
    const response = await call(GET, {
      path: "/api/events?type=test.told",
      apiKey,
      headers: { accept: "text/event-stream", "last-event-id": "0" },
    });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    let text = "";
    while (!/event: .+\ndata: .+\n\n/.test(text)) text += decoder.decode((await reader?.read())?.value);
    expect(text).toMatch(/id: \d+\nevent: test\.told\ndata: \{"id":\d+,"type":"test\.told"/);
    await reader?.cancel();
  });

  test("L1 an event whose transaction commits late is neither lost nor told twice", async () => {
    const { ctx, organizationId } = await createOrganization();
    const { seen, stop } = await collect(ctx, undefined, { type: "test.told" });
    const slow = await pool().connect();
    await slow.query("begin");
    await slow.query("insert into events (organization_id, type, data) values ($1, 'test.told', '{\"n\":1}')", [
      organizationId,
    ]);
    await tell(ctx, 2);
    await expect.poll(seen, { timeout: 4_000 }).toEqual([2]);
    await slow.query("commit");
    slow.release();
    await expect.poll(seen, { timeout: 4_000 }).toEqual([2, 1]);
    await tell(ctx, 3);
    await expect.poll(seen, { timeout: 4_000 }).toEqual([2, 1, 3]);
    await stop();
  });

  test("L1 readers beside many writers see every event once and in one order", async () => {
    const { ctx, organizationId } = await createOrganization();
    const readers = await Promise.all([
      collect(ctx, undefined, { type: "test.told" }),
      collect(ctx, undefined, { type: "test.told" }),
    ]);
    await Promise.all(Array.from({ length: 150 }, (_, n) => tell(ctx, n)));
    for (const reader of readers) await expect.poll(() => reader.seen().length, { timeout: 8_000 }).toBe(150);
    const [one, other] = readers.map((reader) => reader.seen());
    expect(one).toEqual(other);
    expect(new Set(one).size).toBe(150);
    const { gaps } = await system.one<{ gaps: number }>(sql`
      select max(sequence) - count(*) as gaps from events where organization_id = ${organizationId}`);
    expect(gaps).toBe(0);
    await Promise.all(readers.map((reader) => reader.stop()));
  });
});
