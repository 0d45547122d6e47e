import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { newWebhookSecret, signedHeaders } from "../../../lib/webhooks/signature.ts";
import { verifyWebhook, WebhookVerificationError } from "../src/webhooks.ts";

const payload = JSON.stringify({ event: "agent.completed", data: { task: "Größe 🌊", agent_id: "subagent_1" } });
const secret = newWebhookSecret();
const seconds = () => Math.floor(Date.now() / 1000);

function sign(secrets: string[], unixSeconds = seconds(), text = payload) {
  const names = { endpointId: "wh_1", deliveryId: "d1", event: "agent.completed" };
  return signedHeaders({ ...names, payload: text, secrets, unixSeconds }) as Record<string, string>;
}
function without(headers: Record<string, string>, ...names: string[]) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

test.each([
  ["whsec_", secret],
  ["of plain text", "webhook-secret"],
])("A27 the server's signature with a secret %s is accepted, by either scheme", async (_, key) => {
  const headers = sign([key]);
  const facts = { event: "agent.completed", deliveryId: "d1", body: JSON.parse(payload), sentAt: expect.any(Date) };
  expect(await verifyWebhook({ payload, headers, secret: key })).toEqual(facts);
  const own = without(headers, "webhook-id", "webhook-timestamp", "webhook-signature");
  expect(await verifyWebhook({ payload, headers: own, secret: key })).toEqual(facts);
  const standard = {
    "webhook-id": "d1",
    "webhook-timestamp": headers["webhook-timestamp"],
    "webhook-signature": headers["webhook-signature"],
  };
  expect(await verifyWebhook({ payload, headers: standard, secret: key })).toEqual(facts);
});

test("A27 payloads as bytes and headers of any kind are read alike", async () => {
  const headers = sign([secret]);
  const bytes = new TextEncoder().encode(payload);
  const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]));
  for (const given of [headers, new Headers(headers), upper]) {
    for (const body of [payload, bytes, bytes.buffer]) {
      expect((await verifyWebhook({ payload: body, headers: given, secret })).deliveryId).toBe("d1");
    }
  }
});

test("A27 what the standardwebhooks package signs is accepted, and it accepts what we do", async () => {
  const peer = new Webhook(secret);
  const now = new Date();
  const headers = {
    "webhook-id": "d9",
    "webhook-timestamp": String(seconds()),
    "webhook-signature": peer.sign("d9", now, payload),
  };
  expect(await verifyWebhook({ payload, headers, secret })).toMatchObject({ deliveryId: "d9" });
  expect(peer.verify(payload, sign([secret]))).toEqual(JSON.parse(payload));
});

test("A27 while a secret is replaced both are good", async () => {
  const old = newWebhookSecret();
  const headers = sign([secret, old]);
  for (const known of [secret, old, [newWebhookSecret(), old]]) {
    expect(await verifyWebhook({ payload, headers, secret: known })).toMatchObject({ deliveryId: "d1" });
  }
});

test.each<
  [
    string,
    (headers: Record<string, string>) => { headers?: object; payload?: string; secret?: string; scheme?: "standard" },
  ]
>([
  ["another body", () => ({ payload: payload.replace("subagent_1", "subagent_2") })],
  ["another secret", () => ({ secret: newWebhookSecret() })],
  ["another delivery", (headers) => ({ headers: { ...headers, "webhook-id": "d2" } })],
  ["a later time stamp", (headers) => ({ headers: { ...headers, "webhook-timestamp": String(seconds() + 1) } })],
  ["no time stamp", (headers) => ({ headers: without(headers, "webhook-timestamp") })],
  ["no signature", (headers) => ({ headers: without(headers, "webhook-signature", "x-webhook-signature") })],
  ["an empty signature", (headers) => ({ headers: { ...headers, "webhook-signature": "" } })],
  [
    "a wrong one beside a right X-Webhook-Signature",
    (headers) => ({ headers: { ...headers, "webhook-signature": "v1,AAAA" } }),
  ],
  [
    "a cut X-Webhook-Signature",
    (headers) => ({
      headers: {
        ...without(headers, "webhook-signature"),
        "x-webhook-signature": headers["x-webhook-signature"]?.slice(0, -1),
      },
    }),
  ],
  [
    "only X-Webhook-Signature where the standard is asked for",
    (headers) => ({ headers: without(headers, "webhook-signature"), scheme: "standard" }),
  ],
  [
    "the wrong version",
    (headers) => ({
      headers: { ...headers, "webhook-signature": headers["webhook-signature"]?.replace("v1,", "v2,") },
    }),
  ],
])("A27 refused: %s", async (_, change) => {
  const headers = sign([secret]);
  const input = { payload, headers, secret, ...change(headers) } as Parameters<typeof verifyWebhook>[0];
  await expect(verifyWebhook(input)).rejects.toThrow(WebhookVerificationError);
});

test("A27 what is older or newer than the tolerance is refused", async () => {
  for (const off of [-301, 302]) {
    const headers = sign([secret], seconds() + off);
    await expect(verifyWebhook({ payload, headers, secret })).rejects.toThrow("300 s");
    expect(await verifyWebhook({ payload, headers, secret, toleranceSeconds: 400 })).toMatchObject({
      deliveryId: "d1",
    });
  }
  await expect(verifyWebhook({ payload, headers: sign([secret]), secret: "" })).rejects.toThrow(TypeError);
});
