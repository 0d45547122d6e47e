import type { Dialect } from "#lib/http/dialect";
import { agency } from "#lib/http/dialects/agency";
import { anthropic } from "#lib/http/dialects/anthropic";
import { cloud } from "#lib/http/dialects/cloud";
import { mcp } from "#lib/http/dialects/mcp";
import { openai } from "#lib/http/dialects/openai";
import { orchestra } from "#lib/http/dialects/orchestra";
import { orchestratex } from "#lib/http/dialects/orchestratex";
import { paas } from "#lib/http/dialects/paas";
import { shared } from "#lib/http/dialects/shared";
import { agencyWords } from "#lib/http/versions";

// The first match wins. `(?=$|/)` ends a word, so that /api/agents does not claim /api/agentsmith.
const families: [RegExp, Dialect][] = [
  [/^\/api\/(stats|projects|accounts|handoff|knowledge|private)(?=$|\/)/, paas],
  [/^\/api\/sessions\/?$/, shared],
  [/^\/api\/sessions\/\d{1,19}(?=$|\/)/, paas],
  [/^\/api\/(threads|orchestration|models|analytics|sessions)(?=$|\/)/, orchestratex],
  [/^\/ws(?=$|\/)/, orchestratex],
  [/^\/(chat|health|readiness|metrics)(?=$|\/)/, orchestra],
  [/^\/api\/v[1-4](?=$|\/)/, agency],
  [new RegExp(`^/api/(${agencyWords.join("|")})(?=$|/)`), agency],
  [/^\/mcp\/?$/, mcp],
  [/^\/v1\/messages(?=$|\/)/, anthropic],
  [/^\/v1(?=$|\/)/, openai],
];

/** A path without the doubled `/api` of clients that join naively (contract README 1). */
export function singleApi(path: string): string {
  return path.startsWith("/api/api/") ? path.slice(4) : path;
}

/** The dialect that answers for a path when no endpoint did (401, 404, 405, 413, 429, 500): contract README 2. */
export function dialectOfPath(path: string): Dialect {
  const single = singleApi(path);
  return families.find(([pattern]) => pattern.test(single))?.[1] ?? cloud;
}
