import { type Environment, env } from "#lib/env";
import { singleton } from "#lib/singleton";
import type { ObjectStore } from "#lib/storage/object-store";

type Held = { settings: string; store: Promise<ObjectStore> };
const held = singleton("storage", () => ({ current: undefined as Held | undefined }));

async function open(settings: Environment): Promise<ObjectStore> {
  // The SDK takes time and memory that an instance with a local folder need not spend.
  if (settings.S3_BUCKET) return (await import("#lib/storage/s3")).createS3Store(settings.S3_BUCKET, settings);
  return (await import("#lib/storage/local")).createLocalStore(settings.BATON_DATA_DIR);
}

/** The store of this instance: the configured bucket, or a folder below BATON_DATA_DIR. */
export function objectStore(): Promise<ObjectStore> {
  const settings = env();
  const fingerprint = [settings.S3_ENDPOINT, settings.S3_BUCKET, settings.BATON_DATA_DIR].join("\n");
  if (held.current?.settings !== fingerprint) held.current = { settings: fingerprint, store: open(settings) };
  return held.current.store;
}
