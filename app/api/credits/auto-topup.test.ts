import { expect, test } from "vitest";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";

test("automatic top-ups are off, with a sensible purchase, until somebody switches them on; what is not given stays", async () => {
  const { apiKey } = await createOrganization();
  const get = async () => (await send("GET /api/credits/auto-topup", { apiKey })).body;
  const defaults = {
    enabled: false,
    threshold: 100,
    package: "starter",
    credits: 1000,
    amount_cents: 1000,
    daily_cap: 1000,
  };
  expect(await get()).toEqual({ ...defaults, has_payment_method: false, failures: 0, last_failure: null });
  const patch = (body: unknown) => send("PATCH /api/credits/auto-topup", { apiKey, body });
  expect((await patch({ enabled: true, package: "growth" })).body).toMatchObject({
    enabled: true,
    package: "growth",
    credits: 5000,
    amount_cents: 4500,
    daily_cap: 5000,
    threshold: 100,
  });
  expect((await patch({ threshold: 7 })).body).toMatchObject({ enabled: true, package: "growth", threshold: 7 });
  expect((await patch({ credits: 250 })).body).toMatchObject({ package: null, credits: 250, amount_cents: 250 });
  expect((await patch({ enabled: false })).body).toMatchObject({ enabled: false, credits: 250 });
});

const bad: [unknown, string][] = [
  [{ threshold: 0 }, "threshold"],
  [{ threshold: 1.5 }, "threshold"],
  [{ credits: 99 }, "credits"],
  [{ credits: -1 }, "credits"],
  [{ package: "starter", credits: 5 }, "credits"],
  [{ package: "mega" }, "package"],
  [{ package: null }, "package"],
  [{ daily_cap: 999 }, "daily_cap"],
  [{ daily_cap: 1e12 }, "daily_cap"],
  [{ enabled: "yes" }, "enabled"],
];
test.each(bad)("%j is 400 with the field", async (body, field) => {
  const { apiKey } = await createOrganization();
  const answer = await send("PATCH /api/credits/auto-topup", { apiKey, body });
  expect(answer).toMatchObject({ status: 400, body: { details: { [field]: expect.any(String) } } });
});
