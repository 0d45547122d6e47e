import { expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { escalating } from "#lib/testing/pricing";

const path = "GET /api/pricing/quotes";
const sonnet = { model: "sonnet", estimated_input: 3_000, estimated_output: 1_200, complexity: "high" };

/** Four quotes of sonnet, one of each segment, and a decision on opus that misses its guard-rail. */
async function furnished() {
  const made = await createOrganization();
  await send("POST /api/pricing/batch-quotes", { apiKey: made.apiKey, body: sonnet });
  await send("POST /api/pricing/decision", { apiKey: made.apiKey, body: escalating });
  return made;
}

test("the list of quotes is narrowed by each field, and its total is that of the filter", async () => {
  const { apiKey } = await furnished();
  const today = new Date().toISOString().slice(0, 10);
  const totals: [string, number][] = [
    ["", 5],
    ["?model=opus", 1],
    ["?model=sonnet&segment=smb", 1],
    ["?segment=startup", 2],
    ["?source=batch&limit=2", 4],
    ["?guardrail=missed", 1],
    ["?guardrail=met", 4],
    ["?delivery_type=enterprise", 0],
    [`?from=${today}&to=${today}`, 5],
    ["?to=2020-01-01", 0],
  ];
  for (const [query, total] of totals) {
    const { status, body } = await send(path + query, { apiKey });
    expect(status, query).toBe(200);
    expect(body.total, query).toBe(total);
    expect(body.quotes, query).toHaveLength(query.includes("limit=2") ? 2 : total);
  }
});

test.each([
  ["model=gpt", "Invalid model. Must be one of: k2p5, sonnet, opus, minimax-m2.5"],
  ["guardrail=maybe", "Invalid guardrail. Must be one of: met, missed"],
  ["from=yesterday", "from must be a day such as 2027-03-01"],
])("the list of quotes refuses %s and names the field", async (query, message) => {
  const { apiKey } = await createOrganization();
  const { status, body } = await send(`${path}?${query}`, { apiKey });
  expect(status).toBe(400);
  expect(body.error.message).toBe(message);
});

test("format=csv answers with a file of all quotes of the filter, newest first, and of nobody else's", async () => {
  const [{ apiKey }] = await Promise.all([furnished(), furnished()]);
  const { status, headers, text } = await send(`${path}?format=csv&limit=1`, { apiKey });
  expect(status).toBe(200);
  expect(headers.get("content-type")).toContain("text/csv");
  const lines = text.split("\r\n");
  expect(lines[0]).toMatch(/^quote_id,created_at,source,model,/);
  expect(lines).toHaveLength(7);
  expect(lines[1]).toMatch(
    /^quote_[0-9a-f]{32},.*,decision,opus,low,startup,task,20000,10000,1.05,2,2.1,50,at_risk,55,false,0$/,
  );
  const filtered = await send(`${path}?format=csv&segment=smb`, { apiKey });
  expect(filtered.text.split("\r\n")).toHaveLength(3);
});

test("a file of more quotes than a page holds has each once", async () => {
  const { apiKey } = await createOrganization();
  const scenarios = Array.from({ length: 100 }, () => ({ ...sonnet, segment: "smb" }));
  for (let turn = 0; turn < 6; turn++) await send("POST /api/pricing/scenario", { apiKey, body: { scenarios } });
  const { text } = await send(`${path}?format=csv`, { apiKey });
  const ids = text
    .split("\r\n")
    .slice(1, -1)
    .map((line) => line.split(",")[0]);
  expect(ids).toHaveLength(600);
  expect(new Set(ids).size).toBe(600);
});
