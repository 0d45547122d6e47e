import { expect, test } from "vitest";
import { searchKnowledge } from "#lib/knowledge/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

type Entry = { id: number; category: string; title: string };
const entry = {
  category: "error_solution",
  title: "Postgres refuses connections",
  description: "Raise max_connections",
};

test("P9 a new organization finds a starter set of all five categories, most useful first", async () => {
  const { apiKey } = await createOrganization();
  const { status, body } = await send("GET /api/knowledge", { apiKey });
  expect(status).toBe(200);
  expect(body.success).toBe(true);
  const entries: Entry[] = body.data;
  expect([...new Set(entries.map(({ category }) => category))].sort()).toEqual([
    "best_practice",
    "error_solution",
    "optimization",
    "pattern",
    "tip",
  ]);
  expect(entries.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(entries[0]).toEqual({
    id: 1,
    category: "pattern",
    title: "Zero-Loss Handoff Protocol",
    description: "Complete context transfer between accounts using checkpoint documents",
    tags: "handoff,context,orchestration",
    usage_count: 15,
    success_rate: 0.98,
    created_at: expect.stringMatching(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/),
    handoffs: 0,
  });
  expect(entries[1]).toMatchObject({
    title: "Credit Optimization Strategy",
    category: "pattern",
    tags: "credits,optimization,efficiency",
    usage_count: 12,
    success_rate: 0.95,
  });
});

test("P9 filters by category and refuses an unknown one", async () => {
  const { apiKey } = await createOrganization();
  const tips = await send("GET /api/knowledge?category=tip", { apiKey });
  expect(tips.body.data.map(({ category }: Entry) => category)).toEqual(["tip"]);
  expect(await send("GET /api/knowledge?category=hint", { apiKey })).toMatchObject({
    status: 400,
    body: {
      success: false,
      error: "category must be one of: pattern, error_solution, optimization, best_practice, tip",
    },
  });
});

test("+P4 creates an entry with the next id, tidy tags and no use; `used` counts, `success` moves the rate", async () => {
  const { apiKey } = await createOrganization();
  const made = await send("POST /api/knowledge", { apiKey, body: { ...entry, tags: " postgres, pool,,postgres " } });
  expect(made).toMatchObject({ status: 200, body: { success: true, id: 7 } });
  const used = await send("PATCH /api/knowledge/7", { apiKey, body: { used: true } });
  expect(used.body).toMatchObject({
    success: true,
    data: { ...entry, id: 7, tags: "postgres,pool", usage_count: 1, success_rate: 1 },
  });
  const failed = await send("PATCH /api/knowledge/7", { apiKey, body: { used: true, success: false } });
  expect(failed.body.data).toMatchObject({ usage_count: 2, success_rate: 0.5 });
  const edited = await send("PATCH /api/knowledge/7", { apiKey, body: { title: "Too many connections", tags: "" } });
  expect(edited.body.data).toMatchObject({
    title: "Too many connections",
    tags: "",
    usage_count: 2,
    success_rate: 0.5,
  });
});

test("+P4 uses that are counted at the same moment all count", async () => {
  const { apiKey } = await createOrganization();
  await Promise.all(Array.from({ length: 20 }, () => send("PATCH /api/knowledge/1", { apiKey, body: { used: true } })));
  const { body } = await send("GET /api/knowledge?category=pattern", { apiKey });
  expect(body.data[0]).toMatchObject({ id: 1, usage_count: 35 });
});

test("+P4 search finds by any word, title before tags before description, and other forms of a word", async () => {
  const { apiKey, ctx } = await createOrganization();
  const add = (body: object) => send("POST /api/knowledge", { apiKey, body: { category: "tip", ...body } });
  await add({ title: "Something else", description: "About throttling requests" });
  await add({ title: "Throttle early", description: "x" });
  await add({ title: "Third", description: "y", tags: "throttle" });
  const found = await searchKnowledge(ctx, "How do I deal with throttled & slow servers?", 10);
  expect(found.map(({ id }) => id)).toEqual([8, 9, 7]);
  expect(found[0]).toEqual({ id: 8, category: "tip", title: "Throttle early", description: "x", tags: "" });
  expect(await searchKnowledge(ctx, "throttle", 1)).toHaveLength(1);
  for (const nothing of ["", "the", "!!! & | ' \\", "zyzzyva"]) {
    expect(await searchKnowledge(ctx, nothing, 10), nothing).toEqual([]);
  }
  expect(await searchKnowledge(ctx, "http://x.example/a?throttle=1&b='2'|(3) throttle", 10)).toHaveLength(3);
  const { body } = await send("GET /api/knowledge?q=throttle&category=tip", { apiKey });
  expect(body.data.map(({ id }: Entry) => id)).toEqual([8, 9, 7]);
});

test("+P4 another organization's entry is 404, and its search does not find it", async () => {
  const { apiKey } = await createOrganization();
  const other = await createOrganization();
  await send("POST /api/knowledge", { apiKey, body: { ...entry, title: "Xylophone" } });
  expect(await searchKnowledge(other.ctx, "xylophone", 5)).toEqual([]);
  for (const id of ["7", "0", "999999999999999", "9999999999999999", "abc", "-1", "1.5"]) {
    expect(await send(`PATCH /api/knowledge/${id}`, { apiKey: other.apiKey, body: { used: true } }), id).toMatchObject({
      status: 404,
      body: { success: false, error: "Knowledge entry not found" },
    });
  }
});

test.each([
  [{}, "category is required"],
  [
    { ...entry, category: "hint" },
    "category must be one of: pattern, error_solution, optimization, best_practice, tip",
  ],
  [{ ...entry, title: undefined }, "title is required"],
  [{ ...entry, title: "  " }, "title is required"],
  [{ ...entry, title: 5 }, "title must be a string"],
  [{ ...entry, title: "x".repeat(201) }, "title must have at most 200 characters"],
  [{ ...entry, description: "" }, "description is required"],
  [{ ...entry, description: "x".repeat(10_001) }, "description must have at most 10000 characters"],
  [{ ...entry, tags: ["a"] }, "tags must be a comma-separated string"],
  [{ ...entry, success_rate: 1.1 }, "success_rate must be a number from 0 to 1"],
])("+P4 refuses %j: %s", async (body, error) => {
  const { apiKey } = await createOrganization();
  expect(await send("POST /api/knowledge", { apiKey, body })).toMatchObject({
    status: 400,
    body: { success: false, error },
  });
});
