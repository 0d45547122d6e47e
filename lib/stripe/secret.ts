import { hkdfSync } from "node:crypto";
import { env } from "#lib/env";

/**
 * How this instance is paid: by Stripe, by the local checkout with test money (embedded and without Stripe's key), or not
 * at all. A key without the web hook's secret sells nothing: what is paid could never be credited.
 */
export function paymentMode(): "stripe" | "local" | "none" {
  const { BATON_EMBEDDED, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env();
  if (STRIPE_SECRET_KEY) return STRIPE_WEBHOOK_SECRET ? "stripe" : "none";
  return BATON_EMBEDDED ? "local" : "none";
}

/**
 * The secret that events must be signed with; undefined when there is none, and then every event is refused. The local
 * checkout's is derived from BATON_SECRET_KEY, so that it is different on every instance and stored nowhere.
 */
export function webhookSecret(): string | undefined {
  const { BATON_SECRET_KEY, STRIPE_WEBHOOK_SECRET } = env();
  if (STRIPE_WEBHOOK_SECRET?.trim()) return STRIPE_WEBHOOK_SECRET;
  if (paymentMode() !== "local") return undefined;
  const derived = hkdfSync("sha256", Buffer.from(BATON_SECRET_KEY, "base64"), "", "baton local checkout", 32);
  return `whsec_${Buffer.from(derived).toString("base64")}`;
}
