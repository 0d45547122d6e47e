import { join } from "node:path";
import { expect, test } from "vitest";
import { system } from "#lib/db/transaction";
import { getBalance } from "#lib/ledger/service";
import { findFaults } from "#lib/ledger/verify";
import { packFolder } from "#lib/packages/pack";
import { packageForm } from "#lib/testing/archives";
import { send } from "#lib/testing/client";
import { createTestApp, workOff } from "#lib/testing/deployments";
import { createOrganization } from "#lib/testing/factories";
import { ownDatabase } from "#lib/testing/own-database";
import { configureProviders } from "#lib/testing/provider-environment";

await ownDatabase();

const inputs: Record<string, unknown> = {
  "release-notes-team": { version: "2.1", changes: ["Search is twice as fast", "Fixed a crash on start"] },
  "support-reply": { message: "I cannot log in.", tone: "formal" },
};

test.each(Object.entries(inputs))("the example %s can be deployed and called", async (name, input) => {
  configureProviders();
  const { apiKey, organizationId } = await createOrganization();
  const appId = await createTestApp(apiKey);
  const file = await packFolder(join(import.meta.dirname, "../../../examples", name));
  const form = packageForm(file, { version: "1.0.0" });
  expect((await send(`POST /api/agent-apps/${appId}/packages/deploy`, { apiKey, body: form })).status).toBe(202);
  expect(await workOff()).toBe(1);

  const call = (given: unknown) => send(`POST /api/agent-apps/${appId}/invoke`, { apiKey, body: { input: given } });
  const { status, body } = await call(input);

  expect(status).toBe(200);
  expect(body).toMatchObject({ package_version: "1.0.0", credits_used: 10, simulated: true });
  expect(body.output.length).toBeGreaterThan(100);
  const wrong = await call({ nonsense: true });
  expect([wrong.status, wrong.body.code]).toEqual([400, "VALIDATION_ERROR"]);
  expect((await getBalance(system, { organizationId })).credits).toBe(14);
  expect(await findFaults(60, organizationId)).toEqual([]);
});
