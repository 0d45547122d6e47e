import { bytesOfText, hexOf, hmacSha256 } from "./webcrypto.ts";

/** A web hook that is not to be trusted: altered, unsigned, or too old. */
export class WebhookVerificationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WebhookVerificationError";
  }
}

type HeaderSource = Headers | Record<string, string | string[] | undefined>;

export type WebhookToVerify = {
  /** The exact body as it was received, before any parsing. */
  payload: string | Uint8Array | ArrayBuffer;
  headers: HeaderSource;
  /** The endpoint's secret; several while one replaces another. */
  secret: string | string[];
  /** How far the time of sending may be off, either way; 300 unless said. */
  toleranceSeconds?: number;
  /** `standard` refuses what is signed with `X-Webhook-Signature` only, which leaves the time stamp open to forgery. */
  scheme?: "any" | "standard";
  now?: Date;
};

export type VerifiedWebhook = {
  /** Such as `agent.completed`. */
  event: string;
  /** The same at every attempt of one delivery: keep it to do nothing twice. */
  deliveryId: string | undefined;
  /** When this attempt was sent. */
  sentAt: Date;
  /** The parsed payload. */
  // Each event has its own shape; the API's documents describe them.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
};

function headerReader(headers: HeaderSource): (name: string) => string | undefined {
  if (typeof (headers as Headers).get === "function") return (name) => (headers as Headers).get(name) ?? undefined;
  const entries = Object.entries(headers as Record<string, string | string[] | undefined>);
  const lower = new Map(entries.map(([name, value]) => [name.toLowerCase(), [value].flat()[0]]));
  return (name) => lower.get(name);
}

/** Compares in a time that does not tell where texts differ. */
function isSame(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}

const base64Of = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new TypeError("A secret that begins with whsec_ goes on in base64; this one does not.");
  }
}

/** The key of Standard Webhooks: what follows `whsec_`, else the secret's own bytes. */
const standardKey = (secret: string) =>
  secret.startsWith("whsec_") ? bytesOfBase64(secret.slice(6)) : bytesOfText(secret);

function joined(head: Uint8Array, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Whether one of the signatures is of one of the secrets; each is compared, whatever the ones before said. */
function isAmong(given: string[], expected: string[]): boolean {
  return expected.map((one) => given.map((other) => isSame(one, other)).includes(true)).includes(true);
}

function timeOf(text: string | undefined, toleranceSeconds: number, now: Date): Date {
  if (text === undefined || !/^\d{1,12}$/.test(text))
    throw new WebhookVerificationError("The time of sending is missing.");
  const seconds = Number(text);
  if (!(Math.abs(now.getTime() / 1000 - seconds) <= toleranceSeconds)) {
    throw new WebhookVerificationError(`It was sent more than ${toleranceSeconds} s ago, or the clocks differ.`);
  }
  return new Date(seconds * 1000);
}

/**
 * Checks who sent a web hook, and when; answers what it says. Both signatures that Baton sends are known: Standard Webhooks
 * (`webhook-signature`), which is preferred, and `X-Webhook-Signature`. Throws `WebhookVerificationError`.
 */
export async function verifyWebhook(input: WebhookToVerify): Promise<VerifiedWebhook> {
  const { headers, secret, toleranceSeconds = 300, scheme = "any", now = new Date() } = input;
  const header = headerReader(headers);
  const secrets = [secret].flat().filter((one) => one !== "");
  if (secrets.length === 0) throw new TypeError("A web hook cannot be verified without its secret.");
  const bytes = typeof input.payload === "string" ? bytesOfText(input.payload) : new Uint8Array(input.payload);
  const standard = header("webhook-signature");
  const own = scheme === "any" ? header("x-webhook-signature") : undefined;
  const id = header("webhook-id");
  const timestamp = header(standard === undefined ? "x-webhook-timestamp" : "webhook-timestamp");
  if (standard === undefined && own === undefined) throw new WebhookVerificationError("It is not signed.");
  const sentAt = timeOf(timestamp, toleranceSeconds, now);

  if (standard !== undefined) {
    const content = joined(bytesOfText(`${id ?? ""}.${timestamp}.`), bytes);
    const expected = await Promise.all(
      secrets.map(async (one) => `v1,${base64Of(await hmacSha256(standardKey(one), content))}`),
    );
    if (!isAmong(standard.split(" "), expected)) throw new WebhookVerificationError("The signature does not match.");
  } else {
    const expected = await Promise.all(
      secrets.map(async (one) => `sha256=${hexOf(await hmacSha256(bytesOfText(one), bytes))}`),
    );
    if (!isAmong([own ?? ""], expected)) throw new WebhookVerificationError("The signature does not match.");
  }
  const body = parse(bytes);
  const event = String(body.event ?? header("x-webhook-event") ?? "");
  return { event, deliveryId: id ?? header("x-webhook-delivery"), sentAt, body };
}

function parse(bytes: Uint8Array) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new WebhookVerificationError("The payload is not JSON.");
  }
}
