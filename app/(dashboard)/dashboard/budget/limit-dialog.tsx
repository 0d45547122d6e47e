"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import { updateConfigAction } from "./actions";

/** A key or a team that may have a budget. */
export type Subject = { scope: "key" | "team"; id: string; name: string };

const keyOf = ({ scope, id }: Subject) => `${scope} ${id}`;

type LimitDialogProps = { subjects: Subject[]; daily: number | null; onClose: () => void };

/** The form for the daily budget of a key or a team. With one subject there is nothing to choose. */
export function LimitDialog({ subjects, daily, onClose }: LimitDialogProps) {
  const formId = useId();
  const [first] = subjects;
  const [chosen, setChosen] = useState(first ? keyOf(first) : "");
  const [dollars, setDollars] = useState(daily === null ? "" : String(daily));
  const subject = subjects.find((one) => keyOf(one) === chosen);
  const { run, isPending, failure } = useAction(updateConfigAction, {
    onSuccess: () => {
      onClose();
      toast.success("The budget is set. It holds at once.");
    },
  });

  function save() {
    if (subject) run({ budgets: [{ scope: subject.scope, id: subject.id, daily_budget: Number(dollars) }] });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={subjects.length === 1 && subject ? `Budget of ${subject.name}` : "Set a budget"}
      description="Model spend per UTC day. What would go over it is refused."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Set budget
          </Button>
        </>
      }
    >
      <Form id={formId} errors={failure?.fields} onFormSubmit={save} className="grid gap-4">
        {subjects.length > 1 ? (
          <Field name="budgets" label="For">
            <Select
              value={chosen}
              onValueChange={setChosen}
              options={subjects.map((one) => ({
                value: keyOf(one),
                label: one.name,
                detail: one.scope === "key" ? "Key" : "Team",
              }))}
            />
          </Field>
        ) : null}
        <Field name="daily_budget" label="Dollars a day">
          <Input
            type="number"
            required
            min={0}
            max={1_000_000}
            step="any"
            value={dollars}
            onValueChange={setDollars}
            className="max-w-48"
          />
        </Field>
      </Form>
    </Dialog>
  );
}
