import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { sql } from "#lib/db/sql";
import { system } from "#lib/db/transaction";
import { addMember, createOrganization } from "#lib/testing/factories";
import {
  addsUp,
  configureStripe,
  deliver,
  eventOf,
  moneyOf,
  paidSession,
  testWebhookSecret,
} from "#lib/testing/fake-stripe-events";

beforeAll(() => configureStripe({ BATON_EMBEDDED: "0", STRIPE_WEBHOOK_SECRET: testWebhookSecret }));

const completed = (organizationId: string, credits: unknown = "1000", more: Record<string, unknown> = {}) =>
  eventOf("checkout.session.completed", paidSession({ metadata: { organizationId, credits }, ...more }));
const _refused = { status: 400, body: { error: "Invalid signature", code: "INVALID_SIGNATURE" } };
const received = { status: 200, body: { received: true } };
const _seconds = () => Math.floor(Date.now() / 1_000);

test("C30 a paid checkout adds its credits as a purchase, with its time, usage and event", async () => {
  const { organizationId, userId } = await createOrganization();
  const event = completed(organizationId, "1000", { metadata: { organizationId, userId, credits: "1000" } });
  expect(await deliver(event)).toMatchObject(received);
  const money = await moneyOf(organizationId);
  expect(money).toMatchObject({ credits: 1025, status: "active", lastToppedUp: expect.any(String) });
  expect(money.rows[1]).toMatchObject({
    type: "purchase",
    amount: 1000,
    reference: `checkout:${event.data.object.id}`,
  });
  const usage = await system.all(sql`
    select type, value::int as value, user_id from usage_events
    where organization_id = ${organizationId} and type = 'credit_topup'`);
  expect(usage).toEqual([{ type: "credit_topup", value: 1000, userId }]);
  const events = await system.all(sql`
    select data from events where organization_id = ${organizationId} and type = 'billing.topup.paid'`);
  expect(events).toMatchObject([{ data: { credits: 1000 } }]);
});

test("C30 payment_status may be absent; unpaid, failed and expired checkouts add nothing", async () => {
  const { organizationId } = await createOrganization();
  await deliver(completed(organizationId, "100", { payment_status: undefined }));
  expect((await moneyOf(organizationId)).credits).toBe(125);
  const unpaid = completed(organizationId, "100", { payment_status: "unpaid" });
  expect(await deliver(unpaid)).toMatchObject(received);
  for (const type of ["checkout.session.async_payment_failed", "checkout.session.expired"])
    expect(await deliver(eventOf(type, unpaid.data.object))).toMatchObject(received);
  expect((await moneyOf(organizationId)).credits).toBe(125);
  // A payment that takes days is announced later, for the same session.
  await deliver(eventOf("checkout.session.async_payment_succeeded", { ...unpaid.data.object, payment_status: "paid" }));
  expect((await moneyOf(organizationId)).credits).toBe(225);
});

describe("C30 once", () => {
  test("replays, other events for the same session and 50 copies at once credit one purchase", async () => {
    const { organizationId } = await createOrganization();
    const event = completed(organizationId);
    const same = () => deliver(event);
    const other = () => deliver(eventOf(event.type, event.data.object));
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) => (index % 2 ? same() : other())));
    for (const answer of answers) expect(answer).toMatchObject(received);
    expect(await deliver(event)).toMatchObject(received);
    const money = await moneyOf(organizationId);
    expect(money.credits).toBe(1025);
    expect(money.rows).toHaveLength(2);
    expect(addsUp(money)).toBe(true);
  });

  test("different sessions at once are all credited", async () => {
    const { organizationId } = await createOrganization();
    const events = Array.from({ length: 20 }, (_, index) => completed(organizationId, String(index + 1)));
    await Promise.all(events.map((event) => deliver(event)));
    const money = await moneyOf(organizationId);
    expect(money.credits).toBe(25 + 210);
    expect(addsUp(money)).toBe(true);
  });

  test("an expired event that comes after the payment, or before it, changes nothing of it", async () => {
    const { organizationId } = await createOrganization();
    const [early, late] = [completed(organizationId, "100"), completed(organizationId, "200")];
    await deliver(eventOf("checkout.session.expired", early.data.object));
    await deliver(early);
    await deliver(late);
    await deliver(eventOf("checkout.session.expired", late.data.object));
    expect((await moneyOf(organizationId)).credits).toBe(325);
  });
});

describe("C30 metadata of a checkout that was not started here", () => {
  test("unknown organizations, people and odd credits are received and credit nobody", async () => {
    const { organizationId, userId } = await createOrganization();
    const strange: Record<string, unknown>[] = [
      { organizationId: randomUUID(), credits: "1000" },
      { organizationId: randomUUID(), userId, credits: "1000" },
      { organizationId: "not-an-id", credits: "1000" },
      { organizationId: "' or 1=1 --", credits: "1000" },
      { userId: randomUUID(), credits: "1000" },
      { credits: "1000" },
      {},
      ...["0", "-5", "1.5", "1e3", "1000001", "99999999999999999999", "", "abc", null, " 5", "0x10"].map((credits) => ({
        organizationId,
        credits,
      })),
    ];
    for (const metadata of strange) {
      const answer = await deliver(eventOf("checkout.session.completed", paidSession({ metadata })));
      expect(answer, JSON.stringify(metadata)).toMatchObject(received);
    }
    expect(await deliver(eventOf("checkout.session.completed", paidSession()))).toMatchObject(received);
    expect((await moneyOf(organizationId)).credits).toBe(25);
  });

  test("without organizationId, the organization that the person acts for is credited", async () => {
    const { organizationId } = await createOrganization();
    const { userId } = await addMember(organizationId, "admin");
    const metadata = { userId, credits: "300" };
    expect(await deliver(eventOf("checkout.session.completed", paidSession({ metadata })))).toMatchObject(received);
    expect((await moneyOf(organizationId)).credits).toBe(325);
  });
});
