import { env } from "#lib/env";
import { invalid } from "#lib/errors";
import { uuidv7 } from "#lib/id";
import { type Hold, microsPerCredit, type Tenant } from "#lib/ledger/schema";
import { holdCredits, releaseHold, settleHold } from "#lib/ledger/service";
import { log } from "#lib/log";
import { costMicros, type Model } from "#lib/models/catalogue";
import type { Candidate } from "#lib/models/service";

/** What a call may use at most: bytes of text and pictures in, tokens of each answer out (the model's most when undefined). */
export type CallBounds = {
  inputBytes: number;
  pictures: number;
  outputTokensMax: number | undefined;
  answers: number;
};

/** What a call used. `costMicros` is null when the price is unknown. */
export type CallUsage = { inputTokens: number; outputTokens: number; costMicros: number | null };

/** What a call that has ended is to be charged, in micro-dollars, and what was held for it. */
export type Charge = { hold: Hold; micros: number };

/** More than any provider counts for one picture. */
const pictureTokensMax = 8_192;
/** More than any call can use; up to here products of tokens and prices are exact. */
const tokensMax = 100_000_000;
/** Streams may go on for long; whoever comes back later than this finds what is left of the balance. */
const holdSeconds = 900;

/** Whether credits pay for calls of this candidate: Baton is metered, and its provider asks the operator for money. */
export function isMetered({ model, provider }: Candidate): boolean {
  if (!env().BATON_METER_MODELS || !provider || provider.isOwn) return false;
  return model.price === null || model.price.input > 0 || model.price.output > 0;
}

/** Whether a metered call of this candidate has a known most that it can cost. */
export function isPayable(candidate: Candidate): boolean {
  return candidate.model.price !== null || env().BATON_UNPRICED_CALL_CREDITS !== undefined || !isMetered(candidate);
}

/** Cost times markup, rounded up to a whole micro-dollar. */
function withMarkup(micros: number): number {
  return Number((BigInt(micros) * BigInt(env().BATON_METER_MARKUP) + 999n) / 1_000n);
}

function unpricedMicros({ name }: Model): number {
  const credits = env().BATON_UNPRICED_CALL_CREDITS;
  if (credits !== undefined) return credits * microsPerCredit;
  const message = `The price of '${name}' is not known, so it cannot be paid with credits. Choose another model, or ask this instance's operator to set BATON_UNPRICED_CALL_CREDITS.`;
  throw invalid([{ field: "model", message }]);
}

/** The most a call can cost in micro-dollars, markup included. A token is at least one byte of text. */
export function ceilingMicros(model: Model, bounds: CallBounds): number {
  if (!model.price) return unpricedMicros(model);
  const window = model.contextWindow ?? Number.POSITIVE_INFINITY;
  const input = Math.min(bounds.inputBytes + bounds.pictures * pictureTokensMax, window);
  const output = Math.min(bounds.outputTokensMax ?? Number.POSITIVE_INFINITY, model.outputTokensMax ?? window);
  const cost = costMicros(model.price, Math.min(input, tokensMax), Math.min(output * bounds.answers, tokensMax));
  return withMarkup(cost ?? 0);
}

/** What a call that used so much is charged, in micro-dollars. A call that used nothing costs nothing. */
export function chargeMicros({ model }: Candidate, usage: CallUsage): number {
  if (usage.inputTokens + usage.outputTokens === 0) return 0;
  return usage.costMicros === null ? unpricedMicros(model) : withMarkup(usage.costMicros);
}

/**
 * Holds what the call can cost at most, before it is made; null when nobody charges for it. Throws `payment_required`
 * when that is not covered, and `validation` for a model whose price nobody knows.
 */
export async function holdForCall(tenant: Tenant, candidate: Candidate, bounds: CallBounds): Promise<Hold | null> {
  if (!isMetered(candidate)) return null;
  const micros = ceilingMicros(candidate.model, bounds);
  const { organizationId } = tenant;
  return holdCredits({ organizationId, micros, reference: `call:${uuidv7()}`, expiresInSeconds: holdSeconds });
}

/** What to charge for a call that has ended, for whoever records it; null when nothing was held for it. */
export function chargeOf(hold: Hold | null, candidate: Candidate, usage: CallUsage): Charge | null {
  return hold && { hold, micros: chargeMicros(candidate, usage) };
}

/** Closes the hold of a call that nobody records: at what it used, or at nothing. A failure is logged; the hold expires. */
export async function closeUnrecorded(hold: Hold | null, micros = 0): Promise<void> {
  if (!hold) return;
  const closing = micros > 0 ? settleHold(hold, micros) : releaseHold(hold);
  await closing.catch((err: unknown) => log.error({ err, hold: hold.reference }, "a hold was not closed"));
}
