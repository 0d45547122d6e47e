import type { Metadata } from "next";
import type { ReactNode } from "react";
import { requireMember } from "../../member";
import { PricingTabs } from "./pricing-tabs";

export const metadata: Metadata = { title: { default: "Pricing", template: "%s · Pricing · Baton" } };

export default async function PricingLayout({ children }: { children: ReactNode }) {
  await requireMember("billing:read");
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid min-w-0 gap-1 print:hidden">
        <h1 className="font-semibold text-xl tracking-tight">Pricing</h1>
        <p className="max-w-2xl text-muted-foreground">
          Quotes with a margin, checked against guard-rails, and what the sold work really cost.
        </p>
      </header>
      <PricingTabs />
      {children}
    </div>
  );
}
