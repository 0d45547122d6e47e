import type { Tone } from "#components/ui/badge";
import { formatMicros } from "#components/ui/format";
import type { CreditTransaction, Topup, TopupStatus } from "#lib/billing/schema";

const microsPerCent = 10_000;

/** Cents as dollars, such as $45.00. */
export const formatCents = (cents: number) => formatMicros(cents * microsPerCent);

/** What one credit costs, such as $0.009. */
export const formatPerCredit = (cents: number, credits: number) => formatMicros((cents * microsPerCent) / credits);

export const packageWords = { starter: "Starter", growth: "Growth", scale: "Scale" } as const;

export const typeWords: Record<CreditTransaction["type"], { label: string; tone: Tone }> = {
  purchase: { label: "Purchase", tone: "success" },
  usage: { label: "Usage", tone: "neutral" },
  refund: { label: "Refund", tone: "accent" },
  grant: { label: "Grant", tone: "accent" },
};

// A list of its own: the one of the schema would bring all of Zod into the browser.
export const transactionTypes = ["purchase", "usage", "refund", "grant"] as const satisfies CreditTransaction["type"][];

export const statusWords: Record<TopupStatus, { label: string; tone: Tone }> = {
  pending: { label: "Waiting for payment", tone: "warning" },
  paid: { label: "Paid", tone: "success" },
  failed: { label: "Failed", tone: "danger" },
  expired: { label: "Not paid", tone: "neutral" },
  refunded: { label: "Refunded", tone: "neutral" },
  disputed: { label: "Disputed", tone: "danger" },
};

/** What was bought, such as "Growth package". */
export function describeTopup({ package: name, credits }: Pick<Topup, "package" | "credits">): string {
  return name ? `${packageWords[name]} package` : `${credits.toLocaleString("en-US")} credits`;
}
