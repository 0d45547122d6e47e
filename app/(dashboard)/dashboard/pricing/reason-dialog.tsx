"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { type ReactNode, useId } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/input";
import type { ActionFailure } from "#components/use-action";

type ReasonDialogProps = {
  title: string;
  /** What happens, in words. */
  children: ReactNode;
  field: { name: string; label: string; isRequired: boolean };
  /** The words of the button. */
  action: string;
  isPending: boolean;
  failure: ActionFailure | null;
  onSubmit: (text: string) => void;
  onClose: () => void;
};

/** Asks for a few words that stay on the record. */
export function ReasonDialog({ title, children, field, action, isPending, failure, ...on }: ReasonDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={on.onClose}
      isLocked={isPending}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={on.onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {action}
          </Button>
        </>
      }
    >
      <Form<Record<string, string>>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={(values) => on.onSubmit(values[field.name]?.trim() ?? "")}
        className="grid gap-4"
      >
        <Field name={field.name} label={field.label}>
          <BaseField.Control render={<Textarea required={field.isRequired} maxLength={1_000} className="max-h-60" />} />
        </Field>
      </Form>
    </Dialog>
  );
}
