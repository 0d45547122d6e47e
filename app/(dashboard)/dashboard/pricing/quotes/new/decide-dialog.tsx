"use client";

import { Form } from "@base-ui/react/form";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { QuoteInput } from "#lib/pricing/quotes/schema";
import { decideAction } from "../../actions";
import { formatPercent, formatPrice } from "../../money";
import { segmentWords } from "../../words";
import type { Checked } from "./priced";

type DecideDialogProps = {
  input: QuoteInput;
  checked: Checked;
  experiments: { value: string; label: string }[];
  onClose: () => void;
};

/** Puts a decision on the record: the guard-rail decides, and what misses it waits at the deal desk. */
export function DecideDialog({ input, checked, experiments, onClose }: DecideDialogProps) {
  const formId = useId();
  const router = useRouter();
  const [experiment, setExperiment] = useState("");
  const { run, isPending, failure } = useAction(decideAction, {
    onSuccess: ({ quote_id, decision }) => {
      if (decision.decision_status === "approved") toast.success("The quote is approved.");
      else toast.warning("The quote is below its guard-rail and waits at the deal desk.");
      router.push(`/dashboard/pricing/quotes/${quote_id}`);
    },
  });
  const { quote, guardrail_check } = checked;

  function submit({ subject }: { subject?: string }) {
    run({ ...input, ...(experiment && { experiment_id: experiment, subject: subject?.trim() ?? "" }) });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Decide on this quote"
      description={`${quote.model} for ${segmentWords[quote.segment]} at ${formatPrice(quote.recommended_price)}. The decision is kept for audit, with your name.`}
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {guardrail_check.is_compliant || experiment ? "Decide" : "Send to the deal desk"}
          </Button>
        </>
      }
    >
      <Form<{ subject?: string }> id={formId} errors={failure?.fields} onFormSubmit={submit} className="grid gap-4">
        {experiment ? (
          <Alert tone="info">The customer's variant decides the price, and with it whether it is approved.</Alert>
        ) : (
          <Alert tone={guardrail_check.is_compliant ? "info" : "warning"}>
            Margin {formatPercent(guardrail_check.actual_margin_pct)}, guard-rail{" "}
            {formatPercent(guardrail_check.minimum_margin_pct)}:{" "}
            {guardrail_check.is_compliant ? "it will be approved." : "it will be escalated."}
          </Alert>
        )}
        {experiments.length > 0 ? (
          <Field
            name="experiment_id"
            label="Experiment"
            description="The price is then that of the customer's variant, and the decision is counted."
          >
            <Select
              value={experiment}
              onValueChange={setExperiment}
              options={[{ value: "", label: "None" }, ...experiments]}
            />
          </Field>
        ) : null}
        {experiment ? (
          <Field
            name="subject"
            label="Customer"
            description="Your own name for whom the quote is for. The variant stays the same."
          >
            <Input required maxLength={200} autoComplete="off" />
          </Field>
        ) : null}
      </Form>
    </Dialog>
  );
}
