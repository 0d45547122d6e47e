"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { type ReactNode, useId } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input, Textarea } from "#components/ui/input";

type Facts = { name: string; description: string | null };

type ProjectDialogProps = {
  title: string;
  /** The words of the button. */
  action: string;
  stored?: Facts;
  isPending: boolean;
  errors: Record<string, string> | undefined;
  onSubmit: (facts: Facts) => void;
  onClose: () => void;
  children?: ReactNode;
};

/** The name and description of a project, new or not. */
export function ProjectDialog({
  title,
  action,
  stored,
  isPending,
  errors,
  onSubmit,
  onClose,
  children,
}: ProjectDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={title}
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {action}
          </Button>
        </>
      }
    >
      <Form<{ name: string; description: string }>
        id={formId}
        errors={errors}
        onFormSubmit={({ name, description }) => onSubmit({ name, description: description || null })}
        className="grid gap-4"
      >
        <Field name="name" label="Name">
          <Input required maxLength={200} defaultValue={stored?.name} autoComplete="off" />
        </Field>
        <Field name="description" label="Description (optional)">
          <BaseField.Control
            defaultValue={stored?.description ?? ""}
            maxLength={10_000}
            render={<Textarea className="max-h-60" />}
          />
        </Field>
        {children}
      </Form>
    </Dialog>
  );
}
