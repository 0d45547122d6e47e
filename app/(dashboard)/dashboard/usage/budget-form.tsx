"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import { setBudgetAction } from "./actions";

type BudgetFormProps = { monthlyCredits: number | null; isEditable: boolean };

/** Sets or lifts the budget. */
export function BudgetForm({ monthlyCredits, isEditable }: BudgetFormProps) {
  const stored = monthlyCredits === null ? "" : String(monthlyCredits);
  const [typed, setTyped] = useState(stored);
  const { run, isPending, failure } = useAction(setBudgetAction, {
    onSuccess: (budget) =>
      toast.success(budget.monthlyCredits === null ? "The budget is lifted." : "The budget is saved."),
  });

  return (
    <Form
      errors={failure?.fields}
      onFormSubmit={() => run({ monthlyCredits: Number(typed) })}
      className="grid content-start gap-3"
    >
      <Field
        name="monthlyCredits"
        label="Credits per month"
        description={
          isEditable ? "Counted from the first of the month, UTC." : "Only owners and admins can change the budget."
        }
      >
        <Input
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={1_000_000_000}
          step={1}
          placeholder="No budget"
          disabled={!isEditable}
          value={typed}
          onValueChange={setTyped}
          className="max-w-56"
        />
      </Field>
      {isEditable ? (
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" pending={isPending} disabled={typed === stored}>
            {monthlyCredits === null ? "Set budget" : "Save budget"}
          </Button>
          {monthlyCredits === null ? null : (
            <Button disabled={isPending} onClick={() => run({ monthlyCredits: null })}>
              Lift budget
            </Button>
          )}
        </div>
      ) : null}
    </Form>
  );
}
