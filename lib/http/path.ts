/**
 * The segments of a path without slashes, decoded once, the same on each host: `/chat/a%20b/` → `["chat", "a b"]`. Nothing
 * when one cannot be decoded.
 */
export function segmentsOf(path: string): string[] | undefined {
  try {
    return path.split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
