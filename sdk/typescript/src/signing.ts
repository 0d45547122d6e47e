import { bytesOfText, hexOf, hmacSha256, webCrypto } from "./webcrypto.ts";

export type SigningInput = {
  secret: string;
  method: string;
  /** The path as requested, with its query. */
  path: string;
  /** The exact bytes that are sent. */
  body: Uint8Array<ArrayBuffer>;
  now?: Date;
};

/** The time in UTC. A signature is taken once only, so each gets a fraction of a second of its own. */
async function timestampOf(now: Date): Promise<string> {
  const [random = 0] = (await webCrypto()).getRandomValues(new Uint32Array(1));
  return now.toISOString().replace("Z", `${String(random % 1_000_000).padStart(6, "0")}Z`);
}

/** The headers of a signed request: hex HMAC-SHA-256 of `<timestamp>\n<METHOD>\n<path>\n<body>` with the key's secret. */
export async function signRequest({ secret, method, path, body, now = new Date() }: SigningInput) {
  const timestamp = await timestampOf(now);
  const head = bytesOfText(`${timestamp}\n${method}\n${path}\n`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  const signature = hexOf(await hmacSha256(bytesOfText(secret), content));
  return { "x-timestamp": timestamp, "x-signature": signature };
}
