import { z } from "zod";
import { pricingEvents } from "#lib/webhooks/events";
import { WebhookSecret } from "#lib/webhooks/schema";

const urlMessage = "url must be an https URL of at most 2048 characters";
const eventsMessage = `events must be a non-empty list of: ${pricingEvents.join(", ")}`;

/** `events` may come as a list, as its JSON text, or as names with commas between them: a form has texts only. */
function listed(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value.split(",").map((name) => name.trim());
  }
}

export const CreatePricingWebhook = z
  .object(
    {
      url: z.string(urlMessage).min(1, urlMessage).max(2_048, urlMessage),
      events: z
        .preprocess(listed, z.array(z.enum(pricingEvents, eventsMessage), eventsMessage).min(1, eventsMessage))
        .transform((chosen) => [...new Set(chosen)])
        .meta({ override: { type: "array", minItems: 1, items: { type: "string", enum: [...pricingEvents] } } }),
      secret: WebhookSecret.optional(),
    },
    "Send the fields as a JSON object",
  )
  .meta({ id: "CreatePricingWebhook" });
export type CreatePricingWebhook = z.infer<typeof CreatePricingWebhook>;

export const PricingWebhook = z.object({
  webhook_id: z.string().meta({ example: "pricing_webhook_1708473600" }),
  url: z.string(),
  events: z.array(z.string()),
  created_at: z.iso.datetime(),
});
export type PricingWebhook = z.infer<typeof PricingWebhook>;

export const RegisteredPricingWebhook = z.object({
  success: z.literal(true),
  webhook_id: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  message: z.string(),
});
export const PricingWebhooks = z.object({
  success: z.literal(true),
  webhooks: z.array(PricingWebhook),
  count: z.int(),
});
export const RemovedPricingWebhook = z.object({ success: z.literal(true), message: z.string() });
