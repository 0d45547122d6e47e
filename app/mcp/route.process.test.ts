import { expect, test } from "vitest";
import { type SendOptions, send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

const body = { jsonrpc: "2.0", id: 1, method: "tools/list", params: {} };
const headers = { accept: "application/json, text/event-stream" };
const post = (options: SendOptions) => send("POST /mcp", { ...options, body, headers });

test("IP rules hold, and every message is in the audit log", async () => {
  const { apiKey } = await createOrganization();
  await post({ apiKey });
  await expect
    .poll(async () => (await send("GET /api/security/audit", { apiKey })).text, { timeout: 5_000 })
    .toContain("/mcp");
  const rules = { allowed_ips: ["203.0.113.0/24"], enforce: true };
  expect((await send("PUT /api/security/ip-whitelist", { apiKey, body: rules })).status).toBe(200);
  expect((await post({ apiKey })).status).toBe(200);
  expect((await post({ apiKey, ip: "198.51.100.7" })).status).toBe(403);
});
