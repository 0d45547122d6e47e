import { CreditCard } from "lucide-react";
import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocalCheckout } from "#lib/billing/local-checkout";
import type { Topup } from "#lib/billing/schema";
import { AppError } from "#lib/errors";
import { getCurrentOrganization } from "#lib/organizations/service";
import { type Member, requireMember } from "../../../../(dashboard)/member";
import { NotAllowed } from "../../../../(dashboard)/not-allowed";
import { formatCents, Receipt, TestMoney } from "../../../receipt";
import { PayForm } from "./pay-form";

export const metadata: Metadata = { title: "Test checkout" };

async function checkoutOf(ctx: Member, sessionId: string): Promise<Topup> {
  return getLocalCheckout(ctx, sessionId).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
}

export default async function CheckoutPage({ params }: { params: Promise<{ sessionId: string }> }) {
  const ctx = await requireMember();
  if (!ctx.actor.scopes.includes("admin:write")) return <NotAllowed title="Checkout" />;
  const { sessionId } = await params;
  const topup = await checkoutOf(ctx, sessionId);
  const here = new URLSearchParams({ session_id: sessionId });
  if (topup.status !== "pending") redirect(`/billing/${topup.paid_at ? "success" : "cancel"}?${here}`);
  const { organization } = await getCurrentOrganization(ctx);

  return (
    <>
      <TestMoney />
      <h1 className="font-semibold text-2xl tracking-tight">Buy credits</h1>
      <Receipt topup={topup} organization={organization.name} />
      <p className="flex items-center gap-2.5 rounded-lg border border-dashed px-4 py-3 text-muted-foreground">
        <CreditCard aria-hidden className="size-4 shrink-0" />
        <span>Test card</span>
        <span className="ml-auto font-mono text-xs">•••• •••• •••• 4242</span>
      </p>
      <PayForm sessionId={sessionId} total={formatCents(topup.amount_cents)} />
    </>
  );
}
