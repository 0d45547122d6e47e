import { randomBytes, randomFillSync, randomInt } from "node:crypto";

const alphanumerics = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** `length` letters and digits from the system's random source, each of the 62 equally likely. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length + 8)) {
      // 248 = 4 × 62: larger bytes would make the first letters likelier.
      if (byte < 248 && text.length < length) text += alphanumerics[byte % 62];
    }
  }
  return text;
}

// One call to the system's random source for 256 ids: each call costs far more than the bytes.
const pool = Buffer.alloc(4_096);
let poolUsed = pool.length;

function pooledBytes(): Buffer {
  if (poolUsed === pool.length) {
    randomFillSync(pool);
    poolUsed = 0;
  }
  poolUsed += 16;
  return pool.subarray(poolUsed - 16, poolUsed);
}

/** A time-ordered UUID (RFC 9562, version 7), so that new rows land at the end of their index. */
export function uuidv7(now = Date.now()): string {
  const bytes = pooledBytes();
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const requestPrefix = randomText(6);
let requestNumber = randomInt(0, 1_000_000);

/** `req_` and at least 16 letters or digits: random per process, then counted; cheap enough for every request. */
export function newRequestId(): string {
  requestNumber += 1;
  return `req_${requestPrefix}${Date.now().toString(36)}${requestNumber.toString(36).padStart(4, "0")}`;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text may be handed to Postgres as a uuid; a malformed id is answered like an unknown one. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
