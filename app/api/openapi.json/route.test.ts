import { expect, test } from "vitest";
import { send } from "#lib/testing/client";

test("the document is served with its mark, and not again to whoever has it", async () => {
  const first = await send("GET /api/openapi.json");
  expect(first).toMatchObject({ status: 200, body: { openapi: "3.1.1", info: { title: "Baton" } } });
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  expect(first.headers.get("cache-control")).toBe("public, max-age=300");

  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await send("GET /api/openapi.json", { headers: { "if-none-match": known } });
    expect(again).toMatchObject({ status: 304, text: "" });
    expect(again.headers.get("etag")).toBe(etag);
  }
  expect((await send("GET /api/openapi.json", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
});
