import type { Context } from "#lib/context";
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
 * kept. Throws `not_found` for an unknown model, `unavailable` and `timeout` for its provider.
 */
export async function createCompletion(ctx: Context, sent: Sent): Promise<Response> {
  const candidate = candidateOf(getModel(sent.body.model));
  return forwardCompletion({ ...sent, candidate, record: (outcome) => recordCompletion(ctx, outcome) });
}
