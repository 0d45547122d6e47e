import { z } from "zod";
import { agentEvents, chatEvents, deploymentEvents, pricingEvents } from "#lib/webhooks/events";

const Time = z.iso.datetime();

/** What a web hook is sent for the deployments of an app. */
export const DeploymentPayload = z
  .object({
    event: z.enum(deploymentEvents),
    timestamp: Time,
    data: z.object({
      deployment_id: z.uuid(),
      agent_app_id: z.uuid(),
      package_id: z.uuid(),
      version: z.string(),
      status: z.string(),
      duration_seconds: z.number(),
      s3_url: z.string().nullable().meta({ description: "Null when the package's file is not known to be there." }),
      error: z.string().optional(),
    }),
  })
  .meta({
    id: "DeploymentPayload",
    examples: [
      {
        event: "deployment.completed",
        timestamp: "2024-01-01T00:05:00Z",
        data: {
          deployment_id: "e4a6c8b0-1d3f-4572-9b8e-0c2a4f6d8e13",
          agent_app_id: "3f2b7c1e-8a45-4d19-b6f0-2c9e51d7a083",
          package_id: "5d8f1a3c-2e4b-4967-8c0d-9a7b5e3f1c24",
          version: "1.2.0",
          status: "completed",
          duration_seconds: 120,
          s3_url: "https://s3.amazonaws.com/...",
        },
      },
    ],
  });

/** What a web hook is sent for agents. */
export const AgentPayload = z
  .object({
    event: z.enum(agentEvents),
    timestamp: Time,
    data: z.object({
      agent_id: z.string(),
      model: z.string(),
      team: z.string().optional(),
      task: z.string(),
      result: z.string().nullable().optional(),
      error: z.string().nullable().optional(),
      cost: z.number().optional().meta({ description: "US dollars." }),
      simulated: z.boolean().optional(),
    }),
  })
  .meta({
    id: "AgentPayload",
    examples: [
      {
        event: "agent.completed",
        timestamp: "2026-02-19T10:02:30Z",
        data: {
          agent_id: "subagent_1234567890_1234",
          model: "k2p5",
          task: "Write Python function...",
          result: "def fibonacci(n): ...",
          cost: 0.03,
        },
      },
    ],
  });

/** What a web hook is sent for the chat. */
export const ChatPayload = z
  .object({
    event: z.enum(chatEvents),
    timestamp: Time,
    data: z.looseObject({
      session_id: z.string(),
      response: z
        .string()
        .optional()
        .meta({ description: "Of `chat.completed`: the answer, with all that the call answers." }),
      message_preview: z.string().optional().meta({ description: "Of `chat.completed`: how the message began." }),
      turns: z.int().optional().meta({ description: "Of `session.ended`." }),
      reason: z.enum(["command", "idle"]).optional().meta({ description: "Of `session.ended`." }),
    }),
  })
  .meta({ id: "ChatPayload" });

/** What a web hook is sent when a share of the monthly credit budget was used. */
export const BudgetPayload = z
  .object({ event: z.literal("budget.alert"), timestamp: Time, data: z.looseObject({}) })
  .meta({ id: "BudgetPayload" });

/** What a pricing web hook is sent. Of quotes, `data` has these fields. */
export const PricingPayload = z
  .object({
    event: z.enum(pricingEvents),
    timestamp: Time,
    webhook_id: z.string(),
    data: z.looseObject({
      quote_id: z.string().optional(),
      model: z.string().optional(),
      segment: z.string().optional(),
      recommended_price: z.number().optional().meta({ description: "US dollars." }),
      gross_margin_pct: z.number().optional(),
    }),
  })
  .meta({
    id: "PricingPayload",
    examples: [
      {
        event: "pricing.quote_generated",
        timestamp: "2026-02-21T02:45:00Z",
        webhook_id: "pricing_webhook_1708473600",
        data: {
          quote_id: "quote_12345",
          model: "k2p5",
          segment: "enterprise",
          recommended_price: 0.75,
          gross_margin_pct: 98.5,
        },
      },
    ],
  });
