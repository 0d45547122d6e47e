import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { Alert } from "#components/ui/alert";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Section } from "#components/ui/section";
import { customCredits, packageNames, packages } from "#lib/billing/prices";
import type { AutoTopup } from "#lib/billing/schema";
import { AutoTopupForm } from "./auto-topup-form";
import { BuyCredits } from "./buy-credits";

const packagePrices = packageNames.map((name) => ({ name, ...packages[name] }));

type PurchaseProps = {
  mode: "stripe" | "local" | "none";
  /** Null for a reader who may not buy. */
  automatic: AutoTopup | null;
};

/** Everything that buys credits, or why there is nothing of it for this reader. */
export function Purchase({ mode, automatic }: PurchaseProps) {
  if (!automatic)
    return (
      <Buying>
        <EmptyState
          icon={<Lock aria-hidden />}
          title="Only owners and admins buy credits"
          level={3}
          action={<ButtonLink href="/dashboard/members">Members</ButtonLink>}
        >
          You see what there is and where it goes. Ask one of them to buy more.
        </EmptyState>
      </Buying>
    );
  if (mode === "none")
    return (
      <Buying>
        <EmptyState icon={<Lock aria-hidden />} title="No payments are set up" level={3}>
          This instance sells no credits yet. Whoever runs it sets <code className="font-mono">STRIPE_SECRET_KEY</code>{" "}
          and <code className="font-mono">STRIPE_WEBHOOK_SECRET</code> and starts it again.
        </EmptyState>
      </Buying>
    );
  return (
    <>
      <Buying>
        {mode === "local" ? (
          <Alert tone="warning">
            <strong className="font-semibold">Test money.</strong> This instance has no Stripe key: purchases go through
            a checkout that stands in for Stripe, and no card is charged.
          </Alert>
        ) : null}
        <BuyCredits packages={packagePrices} custom={customCredits} hasPaymentMethod={automatic.has_payment_method} />
      </Buying>
      <Section title="Automatic top-ups" description="So that work does not stop when nobody watches the balance.">
        <AutoTopupForm
          key={JSON.stringify(automatic)}
          stored={automatic}
          packages={packagePrices}
          custom={customCredits}
        />
      </Section>
    </>
  );
}

function Buying({ children }: { children: ReactNode }) {
  return (
    <div id="buy" className="grid min-w-0 grid-cols-1 scroll-mt-20">
      <Section title="Buy credits" description="One credit is worth $0.01 of model use.">
        {children}
      </Section>
    </div>
  );
}
