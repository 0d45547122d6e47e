import { publicUrl } from "#lib/env";
import { keyPrefix, objectUrl } from "#lib/storage/address";

type Place = { organizationId: string; appId: string };

/** The key under which a package is stored. */
export function packageKey({ organizationId, appId }: Place, packageId: string): string {
  return `${keyPrefix()}${organizationId}/${appId}/${packageId}.apkg`;
}

/** The key under which a client puts a package itself, before it is one. */
export function uploadKey({ organizationId, appId }: Place, uploadId: string): string {
  return `${keyPrefix()}${organizationId}/${appId}/uploads/${uploadId}.apkg`;
}

/** The lasting address of a package: its object in the bucket, or our own download address for the local folder. */
export function packageUrl({ id, appId, objectKey }: { id: string; appId: string; objectKey: string }): string {
  return objectUrl(objectKey) ?? `${publicUrl()}/api/agent-apps/${appId}/packages/${id}/download`;
}
