import { randomUUID } from "node:crypto";
import { sql } from "#lib/db/sql";
import { system, systemTransaction } from "#lib/db/transaction";
import { debitCredits } from "#lib/ledger/service";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import { deliver, eventOf } from "#lib/testing/fake-stripe-events";

/** An organization with a saved card and, unless said otherwise, top-ups of 100 credits below 20. */
export async function withSavedCard(settings: Record<string, unknown> = {}) {
  const made = await createOrganization();
  const { organizationId, apiKey } = made;
  await send("POST /api/credits/topup", { apiKey, body: { credits: 100, save_payment_method: true } });
  const { customer } = await system.one<{ customer: string }>(sql`
    select stripe_customer_id as customer from billing_customers where organization_id = ${organizationId}`);
  const saved = { id: `pi_${randomUUID()}`, customer, payment_method: "pm_card", setup_future_usage: "off_session" };
  await deliver(eventOf("payment_intent.succeeded", saved));
  const body = { enabled: true, threshold: 20, credits: 100, daily_cap: 300, ...settings };
  const { status } = await send("PATCH /api/credits/auto-topup", { apiKey, body });
  if (status !== 200) throw new Error(`The settings were answered with ${status}.`);
  const spend = (amount: number) =>
    systemTransaction((tx) =>
      debitCredits(tx, { organizationId }, { amount, description: "Test", reference: randomUUID() }),
    );
  /** Passes the pause after a charge. */
  const wait = () =>
    system.run(sql`update auto_topups set next_attempt_at = now() where organization_id = ${organizationId}`);
  const settingsNow = async () => (await send("GET /api/credits/auto-topup", { apiKey })).body;
  const automatic = () =>
    system.all<{ id: string; status: string; failure: string | null; stripePaymentIntentId: string | null }>(sql`
      select id, status, failure, stripe_payment_intent_id from topups
      where organization_id = ${organizationId} and kind = 'automatic' order by created_at`);
  return { ...made, customer, spend, wait, settingsNow, automatic };
}
