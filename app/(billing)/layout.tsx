import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Logo } from "#components/logo";
import { Link } from "#components/ui/link";

// Checkout addresses name a session, which no other site is to learn; our own forms must still send their origin.
export const metadata: Metadata = { robots: { index: false }, referrer: "same-origin" };

export default function BillingLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr]">
      <header className="flex border-b bg-card px-4 py-4 sm:px-6">
        <Link href="/dashboard" className="rounded-sm">
          <Logo />
        </Link>
      </header>
      <main className="mx-auto grid w-full max-w-md content-start gap-5 px-4 py-8 sm:py-14">{children}</main>
    </div>
  );
}
