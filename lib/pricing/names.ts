/** Models that can be quoted, cheapest first; `codex` is for routing only. */
export const quotedModels = ["k2p5", "sonnet", "opus", "minimax-m2.5"] as const;
export type QuotedModel = (typeof quotedModels)[number];

export const complexities = ["low", "medium", "high"] as const;
export type Complexity = (typeof complexities)[number];

export const segments = ["enterprise", "mid_market", "smb", "startup"] as const;
export type Segment = (typeof segments)[number];

export const deliveryTypes = ["task", "subscription", "enterprise"] as const;
export type DeliveryType = (typeof deliveryTypes)[number];

export const decisionStatuses = ["approved", "escalated"] as const;
export type DecisionStatus = (typeof decisionStatuses)[number];

export const variants = ["control", "test"] as const;
export type Variant = (typeof variants)[number];

/** Every id of the desk as callers see it: the kind, an underscore and 32 hex digits. */
export type IdKind = "quote" | "decision" | "exception" | "experiment" | "scenario_set";

export function publicId(kind: IdKind, uuid: string): string {
  return `${kind}_${uuid.replaceAll("-", "")}`;
}

/** The uuid in an id such as `quote_0190...`; nothing when it is none of this kind. */
export function uuidOf(kind: IdKind, id: string): string | undefined {
  const hex = id.startsWith(`${kind}_`) ? id.slice(kind.length + 1) : "";
  if (!/^[0-9a-f]{32}$/.test(hex)) return undefined;
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
