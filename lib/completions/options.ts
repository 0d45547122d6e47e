import { invalid } from "#lib/errors";
import type { ChatCompletionRequest } from "#lib/models/schema";

const modelsMax = 8;
const defaultSeconds = 3_600;
const secondsMax = 604_800;

/** What a request says to Baton itself. */
export type Options = {
  /** Who is asked, in this order, until one answers. */
  names: string[];
  /** How long an answer may be given again; undefined when it may not. */
  cacheSeconds: number | undefined;
};

type Asked = Pick<ChatCompletionRequest, "model" | "models" | "cache">;

function namesOf({ model, models }: Asked, header: string | null): string[] {
  const more = models ?? header?.split(",").map((name) => name.trim()) ?? [];
  const names = [...new Set([model, ...more.filter(Boolean)])];
  if (names.length > modelsMax + 1)
    throw invalid([{ field: "x-baton-models", message: `At most ${modelsMax} models` }]);
  return names;
}

function secondsOf({ cache }: Asked, header: string | null): number | undefined {
  if (cache === false) return undefined;
  if (cache) return cache === true ? defaultSeconds : cache.ttl_seconds;
  if (header === null || header === "false") return undefined;
  if (header === "true") return defaultSeconds;
  const seconds = /^\d{1,7}$/.test(header) ? Number(header) : 0;
  if (seconds >= 1 && seconds <= secondsMax) return seconds;
  const message = `Must be true, false, or a number of seconds from 1 to ${secondsMax}`;
  throw invalid([{ field: "x-baton-cache", message }]);
}

/** Reads `models` and `cache` of the body, which go before the headers `x-baton-models` and `x-baton-cache`. */
export function optionsOf(asked: Asked, headers: Headers): Options {
  return {
    names: namesOf(asked, headers.get("x-baton-models")),
    cacheSeconds: secondsOf(asked, headers.get("x-baton-cache")),
  };
}
