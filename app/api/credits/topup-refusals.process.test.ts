import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { type FakeStripe, startFakeStripe } from "#lib/testing/fake-stripe";
import { configureStripe, testWebhookSecret } from "#lib/testing/fake-stripe-events";

let stripe: FakeStripe;
beforeAll(async () => {
  stripe = await startFakeStripe();
});
afterAll(() => stripe.close());
const configure = (more: Record<string, string> = {}) =>
  configureStripe({
    BATON_EMBEDDED: "0",
    STRIPE_SECRET_KEY: stripe.key,
    STRIPE_WEBHOOK_SECRET: testWebhookSecret,
    STRIPE_API_BASE: stripe.url,
    ...more,
  });
beforeEach(() => configure());

const topup = (apiKey: string, body: unknown, headers?: Record<string, string>) =>
  send("POST /api/credits/topup", { apiKey, body, ...(headers && { headers }) });
const rowsOf = (organizationId: string) =>
  system.all<{ id: string; status: string; credits: number; amountCents: number; failure: string | null }>(sql`
    select id, status, credits, amount_cents, failure from topups
    where organization_id = ${organizationId} order by created_at`);

describe("C24 refuses", () => {
  const bad: [unknown, string][] = [
    [{}, "package"],
    [{ package: "mega" }, "package"],
    [{ package: null }, "package"],
    [{ package: "starter", credits: 999 }, "credits"],
    [{ package: "growth", credits: 1_000 }, "credits"],
    [{ credits: 0 }, "credits"],
    [{ credits: -1_000 }, "credits"],
    [{ credits: 99 }, "credits"],
    [{ credits: 1_000_001 }, "credits"],
    [{ credits: 1e300 }, "credits"],
    [{ credits: 100.5 }, "credits"],
    [{ credits: "1000" }, "credits"],
    [{ credits: null }, "credits"],
    [{ credits: 1000, save_payment_method: "yes" }, "save_payment_method"],
  ];
  test.each(bad)("%j with the field", async (body, field) => {
    const { organizationId, apiKey } = await createOrganization();
    const answer = await topup(apiKey, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "VALIDATION_ERROR", details: { [field]: expect.any(String) } },
    });
    expect(await rowsOf(organizationId)).toEqual([]);
  });

  test("NaN and other texts that are no JSON are 400", async () => {
    const { apiKey } = await createOrganization();
    expect((await topup(apiKey, '{"credits":NaN}')).status).toBe(400);
  });

  test("a caller without the role is 403", async () => {
    const { apiKey } = await createOrganization({ scopes: ["agents:read", "agents:write", "billing:read"] });
    for (const line of ["POST /api/credits/topup", "PATCH /api/credits/auto-topup", "GET /api/credits/auto-topup"])
      expect(
        await send(line, { apiKey, body: line.startsWith("GET") ? undefined : { package: "starter" } }),
      ).toMatchObject({
        status: 403,
        body: { code: "INSUFFICIENT_SCOPE" },
      });
  });

  test("a hosted instance without keys, or with one of the two, sells nothing: 503", async () => {
    const { organizationId, apiKey } = await createOrganization();
    const incomplete: Record<string, string>[] = [
      { STRIPE_SECRET_KEY: "", STRIPE_WEBHOOK_SECRET: "" },
      { STRIPE_SECRET_KEY: "" },
      { STRIPE_WEBHOOK_SECRET: "" },
    ];
    for (const missing of incomplete) {
      configure(missing);
      expect(await topup(apiKey, { package: "starter" })).toMatchObject({
        status: 503,
        body: { code: "STRIPE_NOT_CONFIGURED", error: expect.stringContaining("STRIPE_WEBHOOK_SECRET") },
      });
    }
    expect(await rowsOf(organizationId)).toEqual([]);
  });
});
