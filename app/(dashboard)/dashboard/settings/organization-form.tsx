"use client";

import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { ModKey } from "#components/ui/mod-key";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../shell/use-shortcut";
import { renameOrganizationAction } from "./actions";

/** The name of the organization. A bar with Save and Discard shows while it differs from what is stored. */
export function OrganizationForm({ name, isEditable }: { name: string; isEditable: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(name);
  const isDirty = typed !== name;
  const { run, isPending, failure, clear } = useAction(renameOrganizationAction, {
    onSuccess: () => toast.success("The name is saved."),
  });

  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  function discard() {
    setTyped(name);
    clear();
  }

  return (
    <Form ref={form} errors={failure?.fields} onFormSubmit={() => run({ name: typed })} className="grid gap-4">
      <Field name="name" label="Name">
        <Input
          required
          maxLength={100}
          disabled={!isEditable}
          value={typed}
          onValueChange={setTyped}
          autoComplete="off"
        />
      </Field>
      {isDirty ? (
        <div className="flex flex-wrap items-center gap-2 border-t pt-3">
          <span role="status" className="mr-auto flex items-center gap-1.5 text-muted-foreground">
            Not saved yet
            <span className="hidden sm:flex">
              <ModKey then="S" />
            </span>
          </span>
          <Button onClick={discard} disabled={isPending}>
            Discard
          </Button>
          <Button type="submit" variant="primary" pending={isPending}>
            Save
          </Button>
        </div>
      ) : null}
    </Form>
  );
}
