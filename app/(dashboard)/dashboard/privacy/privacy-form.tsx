"use client";

import { Form } from "@base-ui/react/form";
import { useRef, useState } from "react";
import { toast } from "sonner";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../shell/use-shortcut";
import { SaveBar } from "../apps/[id]/settings/save-bar";
import { savePrivacyAction } from "./actions";

type Stored = { retention: string; training: boolean; analytics: boolean };

/** How long tasks and results are kept, and what they are not used for. Nothing is stored before Save. */
export function PrivacyForm({ stored }: { stored: Stored }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(stored);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored);
  const { run, isPending, failure, clear } = useAction(savePrivacyAction, {
    onSuccess: () => toast.success("The privacy settings are saved."),
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });
  const { training, analytics } = typed;

  return (
    <Form
      ref={form}
      errors={failure?.fields}
      onFormSubmit={() => run({ retention_days: Number(typed.retention), training, analytics })}
      className="grid gap-4"
    >
      <Field
        name="retention_days"
        label="Keep tasks and results for (days)"
        description="Older ones are emptied every day. Shortening it deletes at the next time."
      >
        <Input
          type="number"
          required
          min={1}
          max={365}
          step={1}
          value={typed.retention}
          onValueChange={(retention) => setTyped({ ...typed, retention })}
          className="max-w-48"
        />
      </Field>
      <Switch
        checked={training}
        onCheckedChange={(isOut) => setTyped({ ...typed, training: isOut })}
        label="Not for training"
        description="Baton itself trains no models. The wish is kept for whoever runs this instance, and noted in the audit log."
      />
      <Switch
        checked={analytics}
        onCheckedChange={(isOut) => setTyped({ ...typed, analytics: isOut })}
        label="Not for analytics"
        description="The same for statistics that go beyond what this organization is shown itself."
      />
      {isDirty ? (
        <SaveBar
          isPending={isPending}
          onDiscard={() => {
            setTyped(stored);
            clear();
          }}
        />
      ) : null}
    </Form>
  );
}
