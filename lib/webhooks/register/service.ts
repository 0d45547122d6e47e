import { requireApp } from "#lib/apps/service";
import { type Context, userIdOf } from "#lib/context";
import { seal } from "#lib/crypto/seal";
import { type Tx, tenant, transaction } from "#lib/db/transaction";
import { conflict, invalid, notFound } from "#lib/errors";
import { checkedAddresses } from "#lib/http-out/resolve";
import { OutgoingError, parseTarget } from "#lib/http-out/target";
import { isUuid, uuidv7 } from "#lib/id";
import { type PageQuery, pageOf } from "#lib/page";
import { recordAudit } from "#lib/records/service";
import type { WebhookScope } from "#lib/webhooks/events";
import {
  deleteEndpoint,
  type EndpointRow,
  insertEndpoint,
  selectEndpoint,
  selectEndpoints,
  updateEndpoint,
  updateEndpointSecret,
} from "#lib/webhooks/register/queries";
import type {
  CreatedWebhook,
  CreateWebhook,
  RotatedSecret,
  RotateSecret,
  UpdateWebhook,
  Webhook,
  WebhookAnswer,
  Webhooks,
} from "#lib/webhooks/schema";
import { newWebhookSecret } from "#lib/webhooks/signature";

export const endpointsMax = 50;
export const defaultRatePerMinute = 600;

function wire(row: EndpointRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    active: row.active,
    created_at: row.createdAt,
    description: row.description,
    signed: row.signed,
    previous_secret_expires_at: row.previousSecretExpiresAt,
    rate_per_minute: row.ratePerMinute,
    disabled_reason: row.disabledReason,
    disabled_at: row.disabledAt,
    failing_since: row.failingSince,
    updated_at: row.updatedAt,
  };
}

/** Throws `not_found` when the register is that of an app which is not the caller's. */
async function requireScope(tx: Tx, ctx: Context, scope: WebhookScope): Promise<void> {
  if (scope.type === "agent_app") await requireApp(tx, ctx, scope.id);
}

/** The web hook of a register. Throws `not_found` for one that is unknown, malformed, or of another register. */
export async function requireWebhook(tx: Tx, ctx: Context, scope: WebhookScope, id: string): Promise<EndpointRow> {
  await requireScope(tx, ctx, scope);
  const row = isUuid(id) ? await selectEndpoint(tx, ctx.organizationId, scope, id) : undefined;
  if (!row) throw notFound("Webhook");
  return row;
}

/** Refuses what may not be called. A host name that does not resolve yet is taken: its deliveries are checked again. */
export async function checkUrl(url: string): Promise<void> {
  try {
    await checkedAddresses(parseTarget(url));
  } catch (error) {
    if (!(error instanceof OutgoingError)) throw error;
    if (error.code === "refused_address") throw invalid([{ field: "url", message: error.message }]);
  }
}

/** The web hooks of a register, newest first, without secrets. */
export async function listWebhooks(ctx: Context, scope: WebhookScope, query?: PageQuery): Promise<Webhooks> {
  await requireScope(tenant(ctx), ctx, scope);
  const rows = await selectEndpoints(tenant(ctx), ctx.organizationId, scope, pageOf(query));
  return { webhooks: rows.map(wire) };
}

export async function getWebhook(ctx: Context, scope: WebhookScope, id: string): Promise<WebhookAnswer> {
  return { webhook: wire(await requireWebhook(tenant(ctx), ctx, scope, id)) };
}

/**
 * Registers a web hook. A secret that was given is never shown; one that is made here (`generate_secret`) is in this answer
 * only. Without either, deliveries are not signed.
 */
export async function createWebhook(ctx: Context, scope: WebhookScope, input: CreateWebhook): Promise<CreatedWebhook> {
  await requireScope(tenant(ctx), ctx, scope);
  await checkUrl(input.url);
  const made = input.secret === undefined && input.generate_secret ? newWebhookSecret() : undefined;
  const secret = input.secret ?? made;
  return transaction(ctx, async (tx) => {
    // Again, and held: an app that is deleted meanwhile must not leave a web hook behind.
    if (scope.type === "agent_app") await requireApp(tx, ctx, scope.id, "share");
    const endpoint = {
      id: uuidv7(),
      createdBy: userIdOf(ctx),
      url: input.url,
      events: input.events,
      description: input.description ?? null,
      ratePerMinute: input.rate_per_minute ?? defaultRatePerMinute,
      sealedSecret: secret === undefined ? null : seal(secret),
    };
    const row = await insertEndpoint(tx, ctx.organizationId, scope, endpoint, endpointsMax);
    if (!row)
      throw conflict(`There are already ${endpointsMax} web hooks here. Delete one first.`, "TOO_MANY_WEBHOOKS");
    const details = { created: input.url, events: input.events, signed: row.signed };
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id: row.id }, details);
    return { webhook: { ...wire(row), ...(made && { secret: made }) } };
  });
}

/** Changes what is given. Switching a web hook on forgets why it was off; what failed meanwhile is not sent by itself. */
export async function updateWebhook(
  ctx: Context,
  scope: WebhookScope,
  id: string,
  input: UpdateWebhook,
): Promise<WebhookAnswer> {
  if (input.url !== undefined) await checkUrl(input.url);
  return transaction(ctx, async (tx) => {
    const found = await requireWebhook(tx, ctx, scope, id);
    const row = await updateEndpoint(tx, ctx.organizationId, id, {
      url: input.url ?? found.url,
      events: input.events ?? found.events,
      active: input.active ?? found.active,
      description: input.description === undefined ? found.description : input.description,
      ratePerMinute: input.rate_per_minute ?? found.ratePerMinute,
    });
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id }, { updated: input });
    return { webhook: wire(row) };
  });
}

/** Gives a web hook a new secret; the old one signs too for `overlap_hours` (0 to 168, 24 unless said). */
export async function rotateWebhookSecret(
  ctx: Context,
  scope: WebhookScope,
  id: string,
  input: RotateSecret,
): Promise<RotatedSecret> {
  const made = input.secret === undefined ? newWebhookSecret() : undefined;
  const sealedSecret = seal(input.secret ?? made ?? "");
  const overlapHours = input.overlap_hours ?? 24;
  return transaction(ctx, async (tx) => {
    await requireWebhook(tx, ctx, scope, id);
    const row = await updateEndpointSecret(tx, ctx.organizationId, id, { sealedSecret, overlapHours });
    const details = { rotated: "secret", overlap_hours: overlapHours };
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id }, details);
    const { previousSecretExpiresAt: previous_secret_expires_at } = row;
    return { webhook: { id, previous_secret_expires_at, ...(made && { secret: made }) } };
  });
}

/** Deletes a web hook with its delivery log; what is still to be delivered is not. */
export async function deleteWebhook(ctx: Context, scope: WebhookScope, id: string): Promise<{ message: string }> {
  await transaction(ctx, async (tx) => {
    await requireScope(tx, ctx, scope);
    const gone = isUuid(id) ? await deleteEndpoint(tx, ctx.organizationId, scope, id) : undefined;
    if (!gone) throw notFound("Webhook");
    await recordAudit(tx, ctx, "config.change", { type: "webhook", id }, { deleted: gone.url }, "warning");
  });
  return { message: "Webhook deleted successfully" };
}
