import { type ZodType, z } from "zod";
import type { ZodOpenApiPathItemObject } from "zod-openapi";
import {
  AgentPayload,
  BudgetPayload,
  ChatPayload,
  DeploymentPayload,
  PricingPayload,
} from "#lib/webhooks/payload-schemas";

const header = (id: string, description: string) => z.string().meta({ description, param: { id } });

const headers = z.object({
  "X-Webhook-Event": header("WebhookEvent", "The event's name."),
  "X-Webhook-Id": header("WebhookId", "The web hook that is told."),
  "X-Webhook-Delivery": header("WebhookDelivery", "This delivery; every attempt of it carries the same."),
  "X-Webhook-Timestamp": header("WebhookTimestamp", "Unix seconds of this attempt."),
  "X-Webhook-Signature": z
    .string()
    .optional()
    .meta({
      description: "With a secret only: `sha256=` and the hexadecimal HMAC-SHA256 of the body as it was sent.",
      param: { id: "WebhookSignature" },
    }),
  "webhook-id": header("StandardWebhookId", "The delivery, as Standard Webhooks names it."),
  "webhook-timestamp": header("StandardWebhookTimestamp", "Unix seconds of this attempt."),
  "webhook-signature": z
    .string()
    .optional()
    .meta({
      description:
        "With a secret only: `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`; several while a secret is replaced.",
      param: { id: "StandardWebhookSignature" },
    }),
});

function sent(name: string, summary: string, tag: string, schema: ZodType): ZodOpenApiPathItemObject {
  return {
    post: {
      operationId: `receive${name}`,
      summary,
      description:
        "Sent to the address that was registered. An answer other than 2xx, or none within 15 s, is tried again seven times over more than a day; 410 switches the web hook off.",
      tags: [tag],
      security: [],
      requestParams: { header: headers },
      requestBody: { required: true, content: { "application/json": { schema } } },
      responses: {
        "2XX": { description: "Taken. The body is not read." },
        "410": { description: "Not wanted any more: the web hook is switched off." },
      },
    },
  };
}

/** What Baton itself sends to registered web hooks. */
export const webhooks: Record<string, ZodOpenApiPathItemObject> = {
  deployment: sent(
    "DeploymentEvent",
    "A deployment of an app was queued, started or has ended",
    "Web hooks",
    DeploymentPayload,
  ),
  agent: sent("AgentEvent", "An agent was spawned, started or has ended", "Web hooks", AgentPayload),
  chat: sent("ChatEvent", "A chat message was answered, or a chat session has ended", "Web hooks", ChatPayload),
  budget: sent("BudgetEvent", "A share of the monthly credit budget was used", "Web hooks", BudgetPayload),
  pricing: sent("PricingEvent", "Something happened at the pricing desk", "Pricing", PricingPayload),
};
