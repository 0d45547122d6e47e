"use server";

import type { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { updateAutoTopup } from "#lib/billing/automatic";
import { startCheckout } from "#lib/billing/checkout";
import { type AutoTopup, type CheckoutSession, CreateTopup, UpdateAutoTopup } from "#lib/billing/schema";
import { act } from "../../action";

/** Begins a purchase; the answer says where to pay. */
export async function startCheckoutAction(input: z.input<typeof CreateTopup>): Promise<ActionResult<CheckoutSession>> {
  return act({ scope: "admin:write", input: CreateTopup }, input, async (ctx, wanted) => {
    const { session } = await startCheckout(ctx, wanted);
    return session;
  });
}

/** Changes automatic top-ups. */
export async function updateAutoTopupAction(input: UpdateAutoTopup): Promise<ActionResult<AutoTopup>> {
  return act({ scope: "admin:write", input: UpdateAutoTopup }, input, updateAutoTopup);
}
