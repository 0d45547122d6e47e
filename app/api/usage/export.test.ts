import { expect, test } from "vitest";
import { env } from "#lib/env";
import { send } from "#lib/testing/client";
import { addMember, createOrganization } from "#lib/testing/factories";
import { signToken } from "#lib/testing/token";
import { addUsage } from "#lib/testing/usage-rows";
import { createExport } from "#lib/usage/export/service";

const january = { startDate: "2026-01-01", endDate: "2026-01-31" };

async function withJanuary() {
  const organization = await createOrganization();
  await addUsage(organization.organizationId, [
    { type: "invocation", at: "2025-12-31T23:59:59.999999Z", description: "the year before" },
    { type: "invocation", at: "2026-01-01T00:00:00Z", description: "=first", value: 10 },
    { type: "api_call", at: "2026-01-15T00:00:00Z", description: "API calls", quantity: 900 },
    { type: "package_upload", at: "2026-01-15T12:00:00.5Z", description: 'Package "a", 1.0.0' },
    { type: "invocation", at: "2026-01-31T23:59:59.999999Z", description: "last" },
    { type: "invocation", at: "2026-02-01T00:00:00Z", description: "the month after" },
  ]);
  return organization;
}

async function linkOf(apiKey: string, body: object): Promise<string> {
  const made = await send("POST /api/usage/export", { apiKey, body });
  expect(made.status).toBe(200);
  return new URL(made.body.downloadUrl).pathname;
}

test("C29 the link is valid for 24 hours, opens without credentials, and gives the inclusive range as CSV", async () => {
  const { apiKey } = await withJanuary();
  const made = await send("POST /api/usage/export", { apiKey, body: { format: "csv", ...january } });
  expect(Object.keys(made.body).sort()).toEqual(["downloadUrl", "expiresAt"]);
  const hours = (Date.parse(made.body.expiresAt) - Date.now()) / 3_600_000;
  expect(hours).toBeGreaterThan(23.9);
  expect(hours).toBeLessThanOrEqual(24);
  const file = await send(`GET ${new URL(made.body.downloadUrl).pathname}`);
  expect(file.status).toBe(200);
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.headers.get("content-disposition")).toBe('attachment; filename="usage-2026-01-01-to-2026-01-31.csv"');
  expect(file.text).toBe(
    [
      "timestamp,type,description,value",
      "2026-01-01T00:00:00.000Z,invocation,'=first,10",
      '2026-01-15T12:00:00.500Z,package_upload,"Package ""a"", 1.0.0",',
      "2026-01-31T23:59:59.999Z,invocation,last,",
      "",
    ].join("\r\n"),
  );
});

test("C29 the same as JSON, with a null for no value; a range without rows is an empty file", async () => {
  const { apiKey } = await withJanuary();
  const file = await send(`GET ${await linkOf(apiKey, { format: "json", ...january })}`);
  expect(file.headers.get("content-type")).toContain("application/json");
  expect(file.body).toEqual([
    { timestamp: "2026-01-01T00:00:00.000Z", type: "invocation", description: "=first", value: 10 },
    { timestamp: "2026-01-15T12:00:00.500Z", type: "package_upload", description: 'Package "a", 1.0.0', value: null },
    { timestamp: "2026-01-31T23:59:59.999Z", type: "invocation", description: "last", value: null },
  ]);
  const day = { startDate: "2024-02-29", endDate: "2024-02-29" };
  expect((await send(`GET ${await linkOf(apiKey, { format: "json", ...day })}`)).body).toEqual([]);
  const header = "timestamp,type,description,value\r\n";
  expect((await send(`GET ${await linkOf(apiKey, { format: "csv", ...day })}`)).text).toBe(header);
});

test("C29 a link gives its own organization's rows, whoever follows it", async () => {
  const { apiKey } = await withJanuary();
  const other = await createOrganization();
  const path = await linkOf(other.apiKey, { format: "json", ...january });
  expect((await send(`GET ${path}`, { apiKey })).body).toEqual([]);
});

const bad: [object, string][] = [
  [{ ...january }, "format"],
  [{ format: "xml", ...january }, "format"],
  [{ format: "CSV", ...january }, "format"],
  [{ format: 1, ...january }, "format"],
  [{ format: "csv", endDate: "2026-01-31" }, "startDate"],
  [{ format: "csv", startDate: "2026-01-01" }, "endDate"],
  [{ format: "csv", startDate: "2026-02-30", endDate: "2026-03-01" }, "startDate"],
  [{ format: "csv", startDate: "2025-02-29", endDate: "2025-03-01" }, "startDate"],
  [{ format: "csv", startDate: "0000-01-01", endDate: "2026-01-02" }, "startDate"],
  [{ format: "csv", startDate: "2026-1-1", endDate: "2026-01-31" }, "startDate"],
  [{ format: "csv", startDate: "2026-01-01T00:00:00Z", endDate: "2026-01-31" }, "startDate"],
  [{ format: "csv", startDate: 20260101, endDate: "2026-01-31" }, "startDate"],
  [{ format: "csv", startDate: "2026-01-01", endDate: "tomorrow" }, "endDate"],
  [{ format: "csv", startDate: "2026-01-31", endDate: "2026-01-30" }, "endDate"],
  [{ format: "csv", startDate: "2025-01-01", endDate: "2026-01-02" }, "endDate"],
];
test.each(bad)("C29 %j is 400 and names %s", async (body, field) => {
  const { apiKey } = await createOrganization();
  const answer = await send("POST /api/usage/export", { apiKey, body });
  expect(answer).toMatchObject({ status: 400, body: { code: "VALIDATION_ERROR" } });
  expect(Object.keys(answer.body.details)).toEqual([field]);
});

test("C29 366 days and a single day are fine, and members may export", async () => {
  const { apiKey, organizationId } = await createOrganization();
  await linkOf(apiKey, { format: "csv", startDate: "2025-01-01", endDate: "2026-01-01" });
  await linkOf(apiKey, { format: "csv", startDate: "2026-01-01", endDate: "2026-01-01" });
  const token = await signToken(await addMember(organizationId, "member"));
  expect((await send("POST /api/usage/export", { token, body: { format: "csv", ...january } })).status).toBe(200);
});

test("C29 an expired link is 403; a forged or altered one, or one of an organization that is gone, is 404", async () => {
  const { apiKey, ctx } = await withJanuary();
  const old = createExport(ctx, { format: "csv", ...january }, Date.now() - 24 * 3_600_000 - 1_000);
  expect(await send(`GET ${new URL(old.downloadUrl).pathname}`)).toMatchObject({
    status: 403,
    body: { code: "LINK_EXPIRED", error: expect.stringContaining("expired") },
  });
  const path = await linkOf(apiKey, { format: "csv", ...january });
  const [payload = ""] = (path.split("/").at(-1) ?? "").split(".");
  const gone = createExport({ ...ctx, organizationId: crypto.randomUUID() }, { format: "csv", ...january });
  const wrong = [
    `${path.slice(0, -1)}${path.endsWith("A") ? "B" : "A"}`,
    "/api/usage/exports/x",
    `/api/usage/exports/${payload}.`,
    `/api/usage/exports/${payload}.${Buffer.from(env().BATON_SECRET_KEY).toString("base64url")}`,
    new URL(gone.downloadUrl).pathname,
  ];
  for (const one of wrong) {
    const answer = await send(`GET ${one}`);
    expect(answer, one).toMatchObject({ status: 404, body: { code: "NOT_FOUND", error: "Export not found" } });
    expect(answer.headers.has("content-disposition")).toBe(false);
  }
});
