import type { Tone } from "#components/ui/badge";
import type { deploymentEvents } from "#lib/webhooks/events";
import type { Delivery, Webhook } from "#lib/webhooks/schema";

type EventName = (typeof deploymentEvents)[number];

// A list of its own: the schema's would bring all of Zod into the browser.
export const eventNames = [
  "deployment.queued",
  "deployment.started",
  "deployment.completed",
  "deployment.failed",
] as const satisfies EventName[];

export const eventWords: Record<EventName, string> = {
  "deployment.queued": "A deployment waits for its turn",
  "deployment.started": "A worker has begun with it",
  "deployment.completed": "The new version answers calls",
  "deployment.failed": "It failed or was cancelled; credits are back",
};

export const deliveryStatuses = ["pending", "delivered", "failed"] as const satisfies Delivery["status"][];

export const deliveryWords: Record<Delivery["status"], { tone: Tone; label: string }> = {
  pending: { tone: "accent", label: "Pending" },
  delivered: { tone: "success", label: "Delivered" },
  failed: { tone: "danger", label: "Failed" },
};

/** Whether a web hook is called, and why not. */
export function stateOf({ active, disabled_reason, failing_since }: Webhook): { tone: Tone; label: string } {
  if (active) return failing_since ? { tone: "warning", label: "Failing" } : { tone: "success", label: "Active" };
  if (disabled_reason === "gone") return { tone: "danger", label: "Off: answered 410" };
  if (disabled_reason === "failing") return { tone: "danger", label: "Off: failed for five days" };
  return { tone: "neutral", label: "Paused" };
}
