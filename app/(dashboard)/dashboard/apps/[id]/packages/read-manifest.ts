import { toRecord } from "#components/request";

/** What a package says of itself, as far as the browser can read it; the server decides. */
export type Preview = { name: string | null; version: string | null; description: string | null };

/** Larger ones are not unpacked just to show their name. */
const previewBytesMax = 20 * 1024 * 1024;
const manifestBytesMax = 1024 * 1024;

const textOf = (value: unknown) => (typeof value === "string" && value !== "" ? value : null);

/** Reads manifest.json out of a package; null when there is none that can be read. */
export async function readPreview(file: File): Promise<Preview | null> {
  if (file.size > previewBytesMax) return null;
  try {
    const { unzipSync, strFromU8 } = await import("fflate");
    const isManifest = ({ name, originalSize }: { name: string; originalSize: number }) =>
      name === "manifest.json" && originalSize <= manifestBytesMax;
    const { "manifest.json": found } = unzipSync(new Uint8Array(await file.arrayBuffer()), { filter: isManifest });
    if (!found) return null;
    const { name, version, description } = toRecord(JSON.parse(strFromU8(found)));
    return { name: textOf(name), version: textOf(version), description: textOf(description) };
  } catch {
    return null;
  }
}

/** The version after this one, when it is an ordinary one; the very first otherwise. */
export function nextVersion(newest: string | null): string {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)/.exec(newest ?? "") ?? [];
  return patch === undefined ? "1.0.0" : `${major}.${minor}.${Number(patch) + 1}`;
}
