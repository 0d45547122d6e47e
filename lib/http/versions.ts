/** Versions of the agency API that answer; 1 is an alias of 4, 3 is deprecated (contract README 1, gap 36). */
export const livingVersions = ["1", "3", "4"] as const;

/** The first words of the agency's paths below `/api/`. */
export const agencyWords = [
  "orchestrator",
  "pricing",
  "spawn",
  "spawn-team",
  "spawn-batch",
  "agent",
  "agents",
  "status",
  "cancel",
  "rate-limits",
  "system",
  "webhooks",
  "billing",
  "security",
  "keys",
  "events",
  "metrics",
  "teams",
  "privacy",
] as const;

/** Below a version there are the agency's endpoints only, and its health. */
export const versionedWords = [...agencyWords, "health"] as const;

const versioned = new RegExp(`^/api/v[${livingVersions.join("")}](/(${versionedWords.join("|")})(?=$|/).*)$`);

/** The path that routes know: `/api/v4/agents` is `/api/agents`. Other paths stay as they are. */
export function unversioned(path: string): string {
  const rest = path.startsWith("/api/v") ? versioned.exec(path)?.[1] : undefined;
  return rest === undefined ? path : `/api${rest}`;
}

/** What a path below `/api/v3/` is called in the version that stays; nothing for other paths. */
export function successorOf(path: string): string | undefined {
  return /^\/api\/v3(\/|$)/.test(path) ? path.replace("/api/v3", "/api/v4") : undefined;
}

/** Version 2 was removed. Its address in the version that stays; nothing for other paths. */
export function removedSuccessor(path: string): string | undefined {
  return /^\/api\/v2(\/|$)/.test(path) ? path.replace("/api/v2", "/api/v4") : undefined;
}

const legacy = /^\/api\/(v[134]\/)?(agent|status|cancel)\/?$/;

/** Whether answers of a path carry `metadata`: version 3, and what only version 3 had. */
export function hasMetadata(path: string): boolean {
  return path.startsWith("/api/v3/") || legacy.test(path);
}
