"use client";

import { Gavel, Layers, ListPlus, Save } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { useAction } from "#components/use-action";
import type { QuoteInput } from "#lib/pricing/quotes/schema";
import { createBatchAction, createQuoteAction } from "../../actions";
import { formatPrice } from "../../money";
import { CreateSetDialog } from "../../scenarios/create-set-dialog";
import { lineOf } from "../../scenarios/rows";
import { segmentWords } from "../../words";
import { DecideDialog } from "./decide-dialog";
import type { Checked } from "./priced";

type QuoteActionsProps = {
  input: QuoteInput;
  checked: Checked;
  experiments: { value: string; label: string }[];
  /** Whether the prices on the page are those of the fields. */
  isShown: boolean;
};

/** What can be done with the chosen price: keep it, keep all four, or decide on it. */
export function QuoteActions({ input, checked, experiments, isShown }: QuoteActionsProps) {
  const router = useRouter();
  const [isDeciding, setIsDeciding] = useState(false);
  const [isKeeping, setIsKeeping] = useState(false);
  const save = useAction(createQuoteAction, {
    onSuccess: ({ quote_id }) => {
      toast.success("The quote is saved.");
      router.push(`/dashboard/pricing/quotes/${quote_id}`);
    },
  });
  const saveAll = useAction(createBatchAction, {
    onSuccess: () => {
      toast.success("Four quotes are saved, one for each segment.");
      router.push("/dashboard/pricing?source=batch");
    },
  });
  const isPending = save.isPending || saveAll.isPending;
  const { segment, ...batch } = input;

  return (
    <Card className="flex flex-wrap items-center gap-2 p-3">
      <p className="mr-auto min-w-40" aria-live="polite">
        <span className="text-muted-foreground">{segmentWords[segment]}:</span>{" "}
        <span className="font-medium tabular-nums">{formatPrice(checked.quote.recommended_price)}</span>
        <span className="block text-muted-foreground text-xs">
          {checked.guardrail_check.is_compliant
            ? "A decision approves it."
            : "Below the guard-rail: a decision sends it to the deal desk."}
        </span>
      </p>
      <Button onClick={() => setIsKeeping(true)} disabled={!isShown || isPending}>
        <ListPlus aria-hidden />
        New scenario set
      </Button>
      <Button onClick={() => saveAll.run(batch)} disabled={!isShown || isPending} pending={saveAll.isPending}>
        <Layers aria-hidden />
        Save all four
      </Button>
      <Button onClick={() => save.run(input)} disabled={!isShown || isPending} pending={save.isPending}>
        <Save aria-hidden />
        Save quote
      </Button>
      <Button variant="primary" onClick={() => setIsDeciding(true)} disabled={!isShown || isPending}>
        <Gavel aria-hidden />
        Decide
      </Button>
      {isKeeping ? (
        <CreateSetDialog rows={lineOf(input)} deliveryType={input.delivery_type} onClose={() => setIsKeeping(false)} />
      ) : null}
      {isDeciding ? (
        <DecideDialog input={input} checked={checked} experiments={experiments} onClose={() => setIsDeciding(false)} />
      ) : null}
    </Card>
  );
}
