import { expect } from "vitest";
import { sql } from "#lib/db/sql";
import { system, systemTransaction, transaction } from "#lib/db/transaction";
import { drainQueue } from "#lib/queue/drain";
import { send } from "#lib/testing/client";
import { createOrganization } from "#lib/testing/factories";
import type { WebhookReceiver } from "#lib/testing/webhook-receiver";
import type { WebhookEvent } from "#lib/webhooks/events";
import { type DeliveryJob, webhookDeliveries } from "#lib/webhooks/jobs";
import { publishWebhook } from "#lib/webhooks/service";

type Made = Awaited<ReturnType<typeof createOrganization>> & { appId: string; path: string };

/** An organization with an app; `path` is where the app's web hooks are. */
export async function createAppForHooks(): Promise<Made> {
  const organization = await createOrganization();
  const { body } = await send("POST /api/agent-apps", { apiKey: organization.apiKey, body: { name: "Hooks" } });
  return { ...organization, appId: body.app.id, path: `/api/agent-apps/${body.app.id}/webhooks` };
}

/** Registers a web hook of the app for all its events; answers its id and what the answer said. */
export async function registerHook({ apiKey, path }: Made, receiver: WebhookReceiver, more: object = {}) {
  const events = ["deployment.queued", "deployment.started", "deployment.completed", "deployment.failed"];
  const made = await send(`POST ${path}`, { apiKey, body: { url: receiver.url, events, ...more } });
  expect(made.status, made.text).toBe(201);
  return made.body.webhook as { id: string; secret?: string };
}

/** Publishes an event of the app; answers the deliveries that this made. */
export async function publish(
  made: Made,
  event: WebhookEvent = "deployment.completed",
  data: object = { version: "1.0.0" },
) {
  const { ctx, appId, organizationId } = made;
  const before = await deliveryIds(organizationId);
  await transaction(ctx, (tx) =>
    publishWebhook(tx, ctx, { event, data: { ...data, agent_app_id: appId }, scope: { type: "agent_app", id: appId } }),
  );
  return (await deliveryIds(organizationId)).filter((id) => !before.includes(id));
}

/** Publishes an event for the one web hook of the app without a job, so that only this test makes its first attempt. */
export async function publishUnqueued({ ctx, appId, organizationId }: Made): Promise<DeliveryJob> {
  return systemTransaction(async (tx) => {
    await publishWebhook(tx, ctx, { event: "deployment.failed", data: {}, scope: { type: "agent_app", id: appId } });
    await tx.run(sql`
      delete from pgboss.job where name = ${webhookDeliveries.name} and data ->> 'organizationId' = ${organizationId}
        and state = 'created' and created_on = now()`);
    return tx.one<DeliveryJob>(sql`
      select organization_id, id as delivery_id, endpoint_id, tries from webhook_deliveries
      where organization_id = ${organizationId} order by created_at desc limit 1`);
  });
}

async function deliveryIds(organizationId: string): Promise<string[]> {
  const rows = await system.all<{ id: string }>(sql`
    select id from webhook_deliveries where organization_id = ${organizationId} order by created_at`);
  return rows.map(({ id }) => id);
}

/** Works on what is due until a delivery is in the state that is waited for; other suites may do the work too. */
export async function deliverUntil(deliveryId: string, state: object, timeout = 15_000): Promise<void> {
  const look = async () => {
    await drainQueue(webhookDeliveries);
    return system.one(sql`
      select status, tries, attempts, response_status, error from webhook_deliveries where id = ${deliveryId}`);
  };
  await expect.poll(look, { timeout }).toMatchObject(state);
}

/** Lets the time until the delivery's next attempt pass; answers the seconds that were left. */
export async function passTime(deliveryId: string): Promise<number> {
  const { seconds } = await system.one<{ seconds: number }>(sql`
    update webhook_deliveries d set next_attempt_at = now()
    from webhook_deliveries old where d.id = ${deliveryId} and old.id = d.id
    returning extract(epoch from old.next_attempt_at - now())::float8 as seconds`);
  await system.run(sql`
    update pgboss.job set start_after = now()
    where name = ${webhookDeliveries.name} and data ->> 'deliveryId' = ${deliveryId} and state in ('created', 'retry')`);
  return seconds;
}
