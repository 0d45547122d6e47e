import { hkdfSync } from "node:crypto";
import { env } from "#lib/env";

/**
 * What all keys of this instance begin with. It comes from the secret key, so that two instances that were given the same
 * bucket never take each other's objects for left-overs.
 */
export function keyPrefix(): string {
  const mark = hkdfSync("sha256", Buffer.from(env().BATON_SECRET_KEY, "base64"), "", "baton storage prefix", 6);
  return `baton-${Buffer.from(mark).toString("hex")}/`;
}

/** Where an object of the configured bucket is, for whoever may read it there; nothing for the local folder. */
export function objectUrl(key: string): string | undefined {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION } = env();
  if (!S3_BUCKET) return undefined;
  return `${S3_ENDPOINT ?? `https://s3.${S3_REGION}.amazonaws.com`}/${S3_BUCKET}/${key}`;
}
