import { z } from "zod";
import { queryInteger } from "#lib/page";
import { chatEvents, deploymentEvents, eventsOfScope } from "#lib/webhooks/events";

const Time = z.iso.datetime();
const url = z.string().min(1, "A URL is needed").max(2_048, "The URL has more than 2048 characters");
const description = z.string().max(500, "Must have at most 500 characters").nullable();
const ratePerMinute = z.int().min(1, "Must be 1 to 6000").max(6_000, "Must be 1 to 6000");

/** A secret as the receiver has it: any text, or `whsec_` with 24 to 64 bytes in base64 (Standard Webhooks). */
export const WebhookSecret = z
  .string()
  .min(1, "The secret must not be empty")
  .max(256, "The secret has more than 256 characters")
  .refine(
    (secret) =>
      !secret.startsWith("whsec_") || /^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2,3}={0,2})?$/.test(secret),
    "A secret that starts with whsec_ continues with 24 to 64 bytes in base64",
  );

export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events: z.array(z.string()),
    active: z.boolean(),
    created_at: Time,
    description: z.string().nullable(),
    signed: z.boolean().meta({ description: "Whether it has a secret. Secrets are never shown again." }),
    previous_secret_expires_at: Time.nullable().meta({ description: "Until then the old secret signs too." }),
    rate_per_minute: z.int(),
    disabled_reason: z.enum(["manual", "gone", "failing"]).nullable(),
    disabled_at: Time.nullable(),
    failing_since: Time.nullable(),
    updated_at: Time,
  })
  .meta({ id: "Webhook" });
export type Webhook = z.infer<typeof Webhook>;

export const Webhooks = z.object({ webhooks: z.array(Webhook) });
export type Webhooks = z.infer<typeof Webhooks>;
export const WebhookAnswer = z.object({ webhook: Webhook });
export type WebhookAnswer = z.infer<typeof WebhookAnswer>;

const generated = z.string().optional().meta({ description: "Only when one was made here, and only in this answer." });
export const CreatedWebhook = z.object({ webhook: Webhook.extend({ secret: generated }) });
export type CreatedWebhook = z.infer<typeof CreatedWebhook>;

/** What any register takes; `events` are checked against the register's own. */
export type CreateWebhook = {
  url: string;
  events: string[];
  secret?: string | undefined;
  generate_secret?: boolean | undefined;
  description?: string | null | undefined;
  rate_per_minute?: number | undefined;
};

function eventsAmong<const E extends readonly [string, ...string[]]>(names: E) {
  return z
    .array(z.enum(names, `Must be one of ${names.join(", ")}`))
    .min(1, "At least one event is needed")
    .transform((chosen) => [...new Set(chosen)]);
}
const events = eventsAmong(deploymentEvents);

export const CreateAppWebhook = z.object({
  url,
  events,
  secret: WebhookSecret.optional(),
  generate_secret: z.boolean().default(false).meta({ description: "Make a secret; it is in this answer only." }),
  description: description.optional(),
  rate_per_minute: ratePerMinute.optional().meta({ description: "Deliveries per minute; 600 unless said." }),
});

/** A web hook of the whole organization, in the form of document 004. */
export const CreateOrganizationWebhook = z.object({
  url,
  events: eventsAmong(eventsOfScope.organization),
  secret: WebhookSecret.optional(),
});

/** A web hook of the chat, in the form of document 003. */
export const CreateChatWebhook = z.object({
  url,
  events: eventsAmong(chatEvents),
  secret: WebhookSecret.optional(),
});
export const CreatedChatWebhook = Webhook.pick({ id: true, url: true, events: true, active: true, created_at: true });
export const ChatWebhooks = z.object({ webhooks: z.array(Webhook), count: z.int() });

export const RegisteredWebhook = z.object({
  success: z.literal(true),
  webhook_id: z.uuid(),
  url: z.string(),
  events: z.array(z.string()),
  message: z.string(),
});

export const UpdateAppWebhook = z.object({
  url: url.optional(),
  events: events.optional(),
  active: z.boolean().optional(),
  description: description.optional(),
  rate_per_minute: ratePerMinute.optional(),
});
export type UpdateWebhook = z.infer<typeof UpdateAppWebhook>;

export const RotateSecret = z.object({
  secret: WebhookSecret.optional().meta({ description: "The new one; made here unless given." }),
  overlap_hours: z
    .number()
    .min(0, "Must be 0 to 168")
    .max(168, "Must be 0 to 168")
    .default(24)
    .meta({ description: "So long the old secret signs too." }),
});
export type RotateSecret = z.input<typeof RotateSecret>;
export const RotatedSecret = z.object({
  webhook: z.object({ id: z.uuid(), secret: generated, previous_secret_expires_at: Time.nullable() }),
});
export type RotatedSecret = z.infer<typeof RotatedSecret>;

const Status = z.enum(["pending", "delivered", "failed"]);
export const Delivery = z
  .object({
    id: z.uuid().meta({ description: "In the headers X-Webhook-Delivery and webhook-id of every attempt." }),
    event: z.string(),
    status: Status,
    attempts: z.int(),
    next_attempt_at: Time.nullable(),
    response_status: z.int().nullable(),
    error: z.string().nullable(),
    created_at: Time,
    completed_at: Time.nullable(),
  })
  .meta({ id: "WebhookDelivery" });
export type Delivery = z.infer<typeof Delivery>;

export const DeliveryQuery = z.object({
  limit: queryInteger({ min: 1, max: 100, lower: true }).default(20),
  offset: queryInteger({ min: 0, max: 1_000_000 }).default(0),
  status: Status.optional(),
  event: z.string().max(100).optional(),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;
export const Deliveries = z.object({ deliveries: z.array(Delivery), has_more: z.boolean() });
export type Deliveries = z.infer<typeof Deliveries>;

const Headers = z.record(z.string(), z.string());
export const Attempt = z
  .object({
    number: z.int(),
    manual: z.boolean(),
    request_headers: Headers,
    response_status: z.int().nullable(),
    response_headers: Headers.nullable(),
    response_body: z.string().nullable().meta({ description: "The first 8 KB." }),
    error: z.string().nullable(),
    latency_ms: z.int(),
    started_at: Time,
  })
  .meta({ id: "WebhookAttempt" });
export type Attempt = z.infer<typeof Attempt>;
export const DeliveryAnswer = z.object({ delivery: Delivery });
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;
export const DeliveryDetails = z.object({
  delivery: Delivery.extend({ payload: z.string(), attempt_log: z.array(Attempt) }),
});
export type DeliveryDetails = z.infer<typeof DeliveryDetails>;

export const Replay = z.object({
  confirm: z.boolean().default(false).meta({ description: "Needed to send again what already arrived." }),
});
export type Replay = z.input<typeof Replay>;
export const ReplayFailed = z.object({ since: Time });
export const ReplayedFailed = z.object({ replayed: z.int() });
