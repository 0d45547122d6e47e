"use client";

import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { formatNumber } from "#components/ui/format";
import { Input } from "#components/ui/input";
import { Label } from "#components/ui/label";
import type { CustomPrice } from "./buy-credits";
import { readCredits } from "./price";
import { formatCents, formatPerCredit } from "./words";

type CustomAmountProps = {
  price: CustomPrice;
  error: string | undefined;
  isPending: boolean;
  isDisabled: boolean;
  onBuy: (credits: number) => void;
};

/** Any number of credits; the price follows what is typed. */
export function CustomAmount({ price, error, isPending, isDisabled, onBuy }: CustomAmountProps) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const read = readCredits(typed, price);
  const isWrong = typed !== "" && !read.ok;

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (read.ok && !isDisabled) onBuy(read.credits);
      }}
      className="grid gap-1.5"
    >
      <Label htmlFor={id}>Another amount of credits</Label>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          placeholder={formatNumber(2_500)}
          value={typed}
          onValueChange={setTyped}
          aria-describedby={`${id}-price`}
          aria-invalid={isWrong || error !== undefined}
          className="w-36"
        />
        <output htmlFor={id} className="min-w-20 font-semibold text-base tabular-nums">
          {read.ok ? formatCents(read.credits * price.centsEach) : "–"}
        </output>
        <Button type="submit" pending={isPending} disabled={isDisabled || !read.ok} className="max-sm:w-full">
          Buy this amount
        </Button>
      </div>
      <p id={`${id}-price`} className={isWrong || error ? "text-destructive text-xs" : "text-muted-foreground text-xs"}>
        {error ?? (read.ok ? "" : `${read.message}. `)}
        {error || isWrong ? "" : `${formatPerCredit(price.centsEach, 1)} each.`}
      </p>
    </form>
  );
}
