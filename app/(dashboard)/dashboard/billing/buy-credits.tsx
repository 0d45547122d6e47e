"use client";

import { useState } from "react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Checkbox } from "#components/ui/checkbox";
import { formatNumber } from "#components/ui/format";
import type { CreateTopup } from "#lib/billing/schema";
import { CustomAmount } from "./custom-amount";
import { useCheckout } from "./use-checkout";
import { formatCents, formatPerCredit, packageWords } from "./words";

export type PackagePrice = { name: keyof typeof packageWords; credits: number; amountCents: number };
export type CustomPrice = { min: number; max: number; centsEach: number };

type BuyCreditsProps = {
  packages: PackagePrice[];
  custom: CustomPrice;
  /** Whether a payment method is kept already; one more purchase may replace it. */
  hasPaymentMethod: boolean;
};

/** Packages and any other amount, each one press away from the checkout. */
export function BuyCredits({ packages, custom, hasPaymentMethod }: BuyCreditsProps) {
  const [saves, setSaves] = useState(false);
  const [bought, setBought] = useState<string | null>(null);
  const { buy, isBusy, failure } = useCheckout();

  function start(what: string, purchase: Pick<CreateTopup, "package" | "credits">) {
    setBought(what);
    buy({ ...purchase, save_payment_method: saves });
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        {packages.map(({ name, credits, amountCents }) => (
          <PackageCard
            key={name}
            name={name}
            credits={credits}
            amountCents={amountCents}
            saved={Math.round((1 - amountCents / (credits * custom.centsEach)) * 100)}
            isPending={isBusy && bought === name}
            isDisabled={isBusy}
            onBuy={() => start(name, { package: name })}
          />
        ))}
      </div>
      <Card className="grid grid-cols-1 gap-4 p-4">
        <CustomAmount
          price={custom}
          error={failure?.fields?.credits}
          isPending={isBusy && bought === "custom"}
          isDisabled={isBusy}
          onBuy={(credits) => start("custom", { credits })}
        />
        <Checkbox
          checked={saves}
          onCheckedChange={setSaves}
          label="Keep the payment method for automatic top-ups"
          description={
            hasPaymentMethod
              ? "One is kept already; this purchase would replace it."
              : "Nothing is ever charged by itself unless automatic top-ups are switched on below."
          }
        />
      </Card>
    </div>
  );
}

type PackageCardProps = PackagePrice & { saved: number; isPending: boolean; isDisabled: boolean; onBuy: () => void };

function PackageCard({ name, credits, amountCents, saved, isPending, isDisabled, onBuy }: PackageCardProps) {
  return (
    <Card className="grid content-between gap-3 p-4">
      <div className="grid gap-1">
        <h3 className="flex items-center justify-between gap-2 font-medium">
          {packageWords[name]}
          {saved > 0 ? <Badge tone="success">{saved} % less</Badge> : null}
        </h3>
        <p className="font-semibold text-2xl tabular-nums tracking-tight">{formatCents(amountCents)}</p>
        <p className="text-muted-foreground tabular-nums">
          {formatNumber(credits)} credits, {formatPerCredit(amountCents, credits)} each
        </p>
      </div>
      <Button pending={isPending} disabled={isDisabled} onClick={onBuy} aria-label={`Buy ${packageWords[name]}`}>
        Buy
      </Button>
    </Card>
  );
}
