/** What a web hook can be told, by family; the names are the documents' own. */
export const deploymentEvents = [
  "deployment.queued",
  "deployment.started",
  "deployment.completed",
  "deployment.failed",
] as const;
export const agentEvents = [
  "agent.spawned",
  "agent.started",
  "agent.completed",
  "agent.failed",
  "agent.cancelled",
] as const;
export const chatEvents = ["chat.completed", "session.ended"] as const;
/** Ours: a share of the monthly credit budget was used. */
export const budgetEvents = ["budget.alert"] as const;
export const pricingEvents = [
  "pricing.quote_generated",
  "pricing.quote_approved",
  "pricing.quote_escalated",
  "pricing.exception_created",
  "pricing.margin_alert",
  "pricing.budget_warning",
  "pricing.budget_critical",
  "pricing.policy_changed",
] as const;

/** Sent when somebody asks for it, to one endpoint, whatever it subscribed to. */
export const testEvent = "webhook.test";

/** Registers of web hooks. One of an app hears of that app, the others of the whole organization. */
export type WebhookScope = { type: "agent_app"; id: string } | { type: "organization" | "chat" | "pricing" };

/** What each register takes (contract C34, A27, O7, A7). */
export const eventsOfScope = {
  agent_app: deploymentEvents,
  organization: [...agentEvents, ...chatEvents, ...deploymentEvents, ...budgetEvents],
  chat: chatEvents,
  pricing: pricingEvents,
} as const satisfies Record<WebhookScope["type"], readonly string[]>;

export type WebhookEvent = (typeof eventsOfScope)[WebhookScope["type"]][number];

export const scopeIdOf = (scope: WebhookScope) => (scope.type === "agent_app" ? scope.id : null);
