import type { Context } from "#lib/context";
import { chargeOf, holdForCall } from "#lib/models/metering";
import { boundsOf } from "#lib/models/metering-bounds";
import { forwardCompletion } from "#lib/models/passthrough";
import type { ChatCompletionRequest } from "#lib/models/schema";
import { candidateOf, getModel } from "#lib/models/service";
import { recordCompletion } from "#lib/runs/recorder";

type Sent = {
  body: ChatCompletionRequest;
  /** The body exactly as it was sent, which is what the provider gets. */
  rawBody: string;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
};

/**
 * Passes a chat completion on to the model's provider and stores the call as a run. Neither the prompt nor the answer is
 * kept. A metered call is held before it is made and charged with its record. Throws `not_found` for an unknown model,
 * `payment_required` when the credits do not cover it, `unavailable` and `timeout` for its provider.
 */
export async function createCompletion(ctx: Context, sent: Sent): Promise<Response> {
  const candidate = candidateOf(getModel(sent.body.model));
  const hold = await holdForCall(ctx, candidate, boundsOf(sent.body, sent.rawBody));
  return forwardCompletion({
    ...sent,
    candidate,
    record: (outcome) => recordCompletion(ctx, outcome, chargeOf(hold, candidate, outcome)),
  });
}
