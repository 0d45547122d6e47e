"use client";

import { Form } from "@base-ui/react/form";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { createAppAction } from "./actions";

/** The form for a new app. On success it leads to where the first package is dropped. */
export function CreateAppDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const router = useRouter();
  const [isPublic, setIsPublic] = useState(false);
  const { run, isPending, failure } = useAction(createAppAction, {
    onSuccess: ({ id }) => router.push(`/dashboard/apps/${id}/packages`),
  });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Create an agent app"
      description="Packages come next. An app costs nothing until something is deployed."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Create app
          </Button>
        </>
      }
    >
      <Form<{ name: string; description: string }>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={({ name, description }) => run({ name, description: description || null, is_public: isPublic })}
        className="grid gap-4"
      >
        <Field name="name" label="Name">
          <Input required maxLength={100} autoComplete="off" />
        </Field>
        <Field name="description" label="Description (optional)">
          <Input maxLength={5000} autoComplete="off" />
        </Field>
        <Switch
          checked={isPublic}
          onCheckedChange={setIsPublic}
          label="Public"
          description="Others who know its id see its name and versions. They can neither call nor download it."
        />
      </Form>
    </Dialog>
  );
}
