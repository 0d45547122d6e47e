"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { cancelLocalCheckout, payLocalCheckout } from "#lib/billing/local-checkout";
import { act } from "../../../../(dashboard)/action";

const Session = z.object({ sessionId: z.string().max(255) });

/** Why the checkout did not go on; a success leads to another page. */
export type CheckoutState = { message: string } | null;

async function settle(
  sessionId: string,
  work: typeof payLocalCheckout,
  next: "success" | "cancel",
): Promise<CheckoutState> {
  const result = await act({ scope: "admin:write", input: Session }, { sessionId }, (ctx) => work(ctx, sessionId));
  if (!result.ok) return { message: result.message };
  redirect(`/billing/${next}?${new URLSearchParams({ session_id: sessionId })}`);
}

/** Pays the checkout with test money. */
export async function payAction(sessionId: string): Promise<CheckoutState> {
  return settle(sessionId, payLocalCheckout, "success");
}

/** Gives the checkout up. */
export async function cancelAction(sessionId: string): Promise<CheckoutState> {
  return settle(sessionId, cancelLocalCheckout, "cancel");
}
