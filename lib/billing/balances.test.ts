import { expect, test } from "vitest";
import { listDayBalances } from "#lib/billing/balances";
import { getCreditBalance } from "#lib/billing/service";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { createOrganization } from "#lib/testing/factories";
import { daysAgo, moveCredits } from "#lib/testing/usage-rows";

test("each day has the balance at its end (UTC), days without entries the one before; others' entries are not seen", async () => {
  const { ctx, organizationId } = await createOrganization();
  const other = await createOrganization();
  await system.run(sql`delete from credit_transactions where organization_id = ${organizationId}`);
  await system.run(sql`update organizations set credits = 0 where id = ${organizationId}`);
  await moveCredits(other.organizationId, "grant", 777, daysAgo(2));
  await moveCredits(organizationId, "grant", 100, daysAgo(4, "23:59:59.999999"));
  await moveCredits(organizationId, "usage", -30, daysAgo(3, "00:00:00"));
  await moveCredits(organizationId, "usage", -20, daysAgo(3, "00:00:00"));
  await moveCredits(organizationId, "purchase", 1_000, daysAgo(1, "00:00:00"));
  await moveCredits(organizationId, "usage", -1, daysAgo(0, "00:00:00"));

  const balances = await listDayBalances(ctx, 6);
  expect(balances.map(({ balance }) => balance)).toEqual([0, 100, 50, 50, 1_050, 1_049]);
  expect(balances.at(-1)).toEqual({ day: daysAgo(0).slice(0, 10), balance: (await getCreditBalance(ctx)).credits });
});
