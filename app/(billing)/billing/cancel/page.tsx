import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";

export const metadata: Metadata = { title: "Checkout cancelled" };

export default function CancelPage() {
  return (
    <>
      <header className="grid gap-1.5">
        <h1 className="font-semibold text-2xl tracking-tight">Nothing was charged</h1>
        <p className="text-muted-foreground">
          The checkout was left before it was paid. Your credits are as they were, and you can start a new one at any
          time.
        </p>
      </header>
      <ButtonLink href="/dashboard/billing" variant="primary" size="lg">
        Back to the dashboard
      </ButtonLink>
    </>
  );
}
