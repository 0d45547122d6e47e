import { createHmac, randomBytes } from "node:crypto";

/** A secret in the form of Standard Webhooks: 32 random bytes. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** The key of the Standard Webhooks signature: what follows `whsec_`, else the secret's own bytes. */
function keyOf(secret: string): Buffer {
  return secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
}

export type Signing = {
  endpointId: string;
  deliveryId: string;
  event: string;
  payload: string;
  /** The current secret first, then one that is being replaced; none: nothing is signed. */
  secrets: string[];
  unixSeconds: number;
};

/**
 * The headers of one attempt (contract README 5.9): the contract's own and those of Standard Webhooks. Both signatures are
 * of the exact text that is sent; while a secret is being replaced, `webhook-signature` carries one of each.
 */
export function signedHeaders({ endpointId, deliveryId, event, payload, secrets, unixSeconds }: Signing) {
  const [current] = secrets;
  const content = `${deliveryId}.${unixSeconds}.${payload}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOf(secret)).update(content).digest("base64")}`,
  );
  return {
    "content-type": "application/json",
    "user-agent": "Baton-Webhooks/2",
    "x-webhook-event": event,
    "x-webhook-id": endpointId,
    "x-webhook-delivery": deliveryId,
    "x-webhook-timestamp": String(unixSeconds),
    "webhook-id": deliveryId,
    "webhook-timestamp": String(unixSeconds),
    ...(current !== undefined && {
      "x-webhook-signature": `sha256=${createHmac("sha256", current).update(payload).digest("hex")}`,
      "webhook-signature": signatures.join(" "),
    }),
  };
}
