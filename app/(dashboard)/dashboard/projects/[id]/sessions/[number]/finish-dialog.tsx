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
import { updateSessionAction } from "../../../actions";
import { changeOf, type Logged } from "./session-form";

const outcomes = [
  { value: "completed", label: "Completed" },
  { value: "handed_off", label: "Handed off" },
  { value: "failed", label: "Failed" },
] as const;
type Outcome = (typeof outcomes)[number]["value"];

type FinishDialogProps = { id: number; account: string; logged: Logged; onClose: () => void };

/** Ends a session with what was logged. Its credits are asked for once more, because now they are drawn. */
export function FinishDialog({ id, account, logged, onClose }: FinishDialogProps) {
  const formId = useId();
  const [outcome, setOutcome] = useState<Outcome>("completed");
  const [credits, setCredits] = useState(logged.credits);
  const { run, isPending, failure } = useAction(updateSessionAction, {
    onSuccess: ({ session_number: number }) => {
      toast.success(`Session ${number} has ended.`);
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Finish the session"
      description={`Its credits are drawn from ${account}. It cannot be opened again; what is logged can still be changed.`}
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Finish session
          </Button>
        </>
      }
    >
      <Form
        id={formId}
        errors={failure?.fields}
        onFormSubmit={() => run({ id, ...changeOf({ ...logged, credits }), status: outcome })}
        className="grid gap-4"
      >
        <Field name="status" label="How it ended">
          <Select<Outcome> value={outcome} onValueChange={setOutcome} options={outcomes} />
        </Field>
        <Field name="credits_used" label="Credits used">
          <Input
            type="number"
            required
            min={0}
            max={1_000_000_000}
            step={1}
            value={credits}
            onValueChange={setCredits}
          />
        </Field>
      </Form>
    </Dialog>
  );
}
