"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input, Textarea } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { ScenarioSet } from "#lib/pricing/quotes/schema";
import { choicesOf, deliveryWords } from "../words";
import { createSetAction } from "./actions";
import { readRows } from "./rows";

const example = ["sonnet, 200000, 40000, medium, enterprise", "k2p5, 500000, 90000, low, startup"].join("\n");

type CreateSetDialogProps = {
  /** What the rows begin with. */
  rows?: string;
  deliveryType?: ScenarioSet["delivery_type"];
  onClose: () => void;
};

/** The form for a scenario set: its rows are pasted, or come from the builder. */
export function CreateSetDialog({ rows: first = "", deliveryType = "task", onClose }: CreateSetDialogProps) {
  const formId = useId();
  const router = useRouter();
  const [name, setName] = useState("");
  const [delivery, setDelivery] = useState(deliveryType);
  const [rows, setRows] = useState(first);
  const { run, isPending, failure } = useAction(createSetAction, {
    onSuccess: ({ scenario_set_id }) => {
      toast.success("The scenario set is kept.");
      router.push(`/dashboard/pricing/scenarios/${scenario_set_id}`);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="New scenario set"
      description="Several requests under one name, to be priced together whenever prices or the policy change."
      className="max-w-xl"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Keep set
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        errors={failure?.fields}
        onFormSubmit={() => run({ name, delivery_type: delivery, scenarios: readRows(rows) })}
        className="grid gap-4"
      >
        <Field name="name" label="Name">
          <Input required maxLength={100} autoComplete="off" value={name} onValueChange={setName} />
        </Field>
        <Field name="delivery_type" label="Delivery">
          <Select value={delivery} onValueChange={setDelivery} options={choicesOf(deliveryWords)} />
        </Field>
        <Field
          name="scenarios"
          label="Rows"
          description="1 to 100 lines of model, input tokens, output tokens, complexity and segment, as copied from a table, or a JSON array."
        >
          <BaseField.Control
            required
            value={rows}
            onValueChange={setRows}
            placeholder={example}
            spellCheck={false}
            render={<Textarea className="max-h-60 min-h-32 font-mono text-xs" />}
          />
        </Field>
      </Form>
    </Dialog>
  );
}
