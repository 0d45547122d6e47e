"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import { assignAction, trackAction } from "../actions";
import { signedMarkup } from "../result";

const outcomes = [
  { value: "approved" as const, label: "Approved" },
  { value: "escalated" as const, label: "Escalated" },
];
const variantWords = { control: "Control", test: "Test" };

/** Which variant a customer gets, and what was decided for one elsewhere. */
export function SubjectForms({ experimentId }: { experimentId: string }) {
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
      <AssignForm experimentId={experimentId} />
      <TrackForm experimentId={experimentId} />
    </div>
  );
}

function AssignForm({ experimentId }: { experimentId: string }) {
  const [told, setTold] = useState("");
  const { run, isPending, failure } = useAction(assignAction, {
    onSuccess: ({ subject, variant, markup_adjustment }) =>
      setTold(`${subject} gets ${variantWords[variant]}: markup ${signedMarkup(markup_adjustment)}.`),
  });
  return (
    <Card className="p-4">
      <Form<{ subject: string }>
        errors={failure?.fields}
        onFormSubmit={({ subject }) => run({ experiment_id: experimentId, subject })}
        className="grid content-start gap-3"
      >
        <h3 className="font-medium">Look up a variant</h3>
        <Field
          name="subject"
          label="Customer"
          description="Your own name for the customer, who always gets the same variant."
        >
          <Input required maxLength={200} autoComplete="off" />
        </Field>
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" pending={isPending}>
            Show variant
          </Button>
          <span role="status" className="min-w-0 [overflow-wrap:anywhere]">
            {told}
          </span>
        </div>
      </Form>
    </Card>
  );
}

type Tracked = { subject: string; gross_margin_pct: string };

function TrackForm({ experimentId }: { experimentId: string }) {
  const [outcome, setOutcome] = useState<"approved" | "escalated">("approved");
  const [round, setRound] = useState(0);
  const { run, isPending, failure } = useAction(trackAction, {
    onSuccess: () => {
      setRound(round + 1);
      toast.success("The decision is counted.");
    },
  });
  return (
    <Card className="p-4">
      <Form<Tracked>
        key={round}
        errors={failure?.fields}
        onFormSubmit={(seen) => run({ experiment_id: experimentId, decision_status: outcome, ...seen })}
        className="grid content-start gap-3 sm:grid-cols-2"
      >
        <h3 className="font-medium sm:col-span-2">Count a decision made elsewhere</h3>
        <Field name="subject" label="Customer" className="sm:col-span-2">
          <Input required maxLength={200} autoComplete="off" />
        </Field>
        <Field name="decision_status" label="Decision">
          <Select value={outcome} onValueChange={setOutcome} options={outcomes} />
        </Field>
        <Field name="gross_margin_pct" label="Margin in %">
          <Input type="number" required step="any" inputMode="decimal" />
        </Field>
        <div className="sm:col-span-2">
          <Button type="submit" pending={isPending}>
            Count decision
          </Button>
        </div>
      </Form>
    </Card>
  );
}
