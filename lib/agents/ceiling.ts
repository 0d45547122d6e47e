import type { Model } from "#lib/models/catalogue";
import { toolTurnsMax } from "#lib/models/model-call";

type Bounds = {
  /** Who answers in turn; the first one merges what several said. */
  models: readonly Model[];
  /** Of instructions, task and knowledge; a token is at least one byte. */
  inputBytes: number;
  /** What is held for all calls together. */
  heldMicros: number;
  hasTools: boolean;
  /** What a quote allows for all calls together, where there is one. */
  quotedTokens: number | null;
};

/** What frames a message, and what Baton says itself to the members of a team. */
const frameTokens = 256;
const leastTokens = 16;

/**
 * How long each answer may be (tokens), so that all calls together cost no more than is held. Every member reads what those
 * before him said, and the first reads it all to merge it. What tools say is not known before and not in it.
 */
export function answerTokensMax({ models, inputBytes, heldMicros, hasTools, quotedTokens }: Bounds): number {
  const isTeam = models.length > 1;
  const calls = [...models, ...(isTeam && models[0] ? [models[0]] : [])];
  const turns = hasTools ? toolTurnsMax : 1;
  let fixed = 0;
  let perToken = 0;
  for (const [index, model] of calls.entries()) {
    const input = model.price?.input ?? 0;
    const output = model.price?.output ?? 0;
    const isMerge = index === models.length;
    const asked = isMerge ? 1 : turns;
    fixed += asked * input * (inputBytes + frameTokens);
    perToken += asked * (input * index + output);
  }
  const held = perToken === 0 ? Number.POSITIVE_INFINITY : Math.floor((heldMicros * 1_000_000 - fixed) / perToken);
  const quoted = quotedTokens === null ? Number.POSITIVE_INFINITY : Math.floor(quotedTokens / calls.length);
  return Math.max(leastTokens, Math.min(held, quoted, 1_000_000));
}
