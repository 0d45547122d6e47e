"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Field } from "#components/ui/field";
import { Input, Textarea } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../../../shell/use-shortcut";
import { updateAppAction } from "../../actions";
import { SaveBar } from "./save-bar";

type General = { name: string; description: string; isPublic: boolean };

/** Name, description and visibility. Nothing is stored before Save. */
export function GeneralForm({ id, stored }: { id: string; stored: General }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(stored);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored);
  const { run, isPending, failure, clear } = useAction(updateAppAction, {
    onSuccess: () => toast.success("The app is saved."),
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  function save() {
    const { name, description, isPublic } = typed;
    run({ id, name, description: description || null, is_public: isPublic });
  }

  function discard() {
    setTyped(stored);
    clear();
  }

  return (
    <Form ref={form} errors={failure?.fields} onFormSubmit={save} className="grid gap-4">
      <Field name="name" label="Name">
        <Input
          required
          maxLength={100}
          value={typed.name}
          onValueChange={(name) => setTyped({ ...typed, name })}
          autoComplete="off"
        />
      </Field>
      <Field name="description" label="Description">
        <BaseField.Control
          value={typed.description}
          maxLength={5000}
          onValueChange={(description) => setTyped({ ...typed, description })}
          render={<Textarea className="max-h-60" />}
        />
      </Field>
      <Switch
        checked={typed.isPublic}
        onCheckedChange={(isPublic) => setTyped({ ...typed, isPublic })}
        label="Public"
        description="Others who know its id see its name and versions. They can neither call nor download it."
      />
      {isDirty ? <SaveBar isPending={isPending} onDiscard={discard} /> : null}
    </Form>
  );
}
