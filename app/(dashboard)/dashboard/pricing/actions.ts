"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import type { Context } from "#lib/context";
import { type DecisionAnswer, DecisionInput, type StoredDecision } from "#lib/pricing/decisions/schema";
import { createDecision, declineDecision } from "#lib/pricing/decisions/service";
import { CloseInput, type Exception, ExceptionInput } from "#lib/pricing/exceptions/schema";
import { closeException, openException } from "#lib/pricing/exceptions/service";
import { type BatchAnswer, BatchInput, type QuoteAnswer, QuoteInput } from "#lib/pricing/quotes/schema";
import { createBatch, createQuote } from "#lib/pricing/quotes/service";
import { act } from "../../action";

const scope = "billing:read";
const Decide = DecisionInput.omit({ approver: true });
const Declined = z.object({ decision_id: z.string() });
const Closed = CloseInput.extend({ exception_id: z.string() });
const approverMax = 100;

const approverOf = ({ actor }: Context) => (actor.type === "user" ? actor.email.slice(0, approverMax) : "ops-auto");

/** Prices and stores a quote. */
export async function createQuoteAction(input: z.input<typeof QuoteInput>): Promise<ActionResult<QuoteAnswer>> {
  return act({ scope, input: QuoteInput }, input, createQuote);
}

/** Prices and stores a quote for every segment. */
export async function createBatchAction(input: z.input<typeof BatchInput>): Promise<ActionResult<BatchAnswer>> {
  return act({ scope, input: BatchInput }, input, createBatch);
}

/** Decides on a quote in the reader's name. */
export async function decideAction(input: z.input<typeof Decide>): Promise<ActionResult<DecisionAnswer>> {
  return act({ scope, input: Decide }, input, (ctx, wanted) =>
    createDecision(ctx, { ...wanted, approver: approverOf(ctx) }),
  );
}

/** Approves an escalated decision as an exception. */
export async function openExceptionAction(input: ExceptionInput): Promise<ActionResult<Exception>> {
  return act(
    { scope, input: ExceptionInput },
    input,
    async (ctx, wanted) => (await openException(ctx, wanted)).exception,
  );
}

/** Closes an escalated decision without an exception. */
export async function declineAction(input: z.input<typeof Declined>): Promise<ActionResult<StoredDecision>> {
  return act({ scope, input: Declined }, input, (ctx, { decision_id }) => declineDecision(ctx, decision_id));
}

/** Closes an open exception. */
export async function closeExceptionAction(input: z.input<typeof Closed>): Promise<ActionResult<Exception>> {
  return act(
    { scope, input: Closed },
    input,
    async (ctx, { exception_id, ...note }) => (await closeException(ctx, exception_id, note)).exception,
  );
}
