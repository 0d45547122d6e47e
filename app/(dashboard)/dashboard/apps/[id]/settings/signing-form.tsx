"use client";

import { Field as BaseField } from "@base-ui/react/field";
import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { toast } from "sonner";
import { Field } from "#components/ui/field";
import { Textarea } from "#components/ui/input";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { updateAppAction } from "../../actions";
import { SaveBar } from "./save-bar";
import { SigningSecret } from "./signing-secret";

type Signing = { publicKey: string; isRequired: boolean; hasSecret: boolean };

/** The keys that package signatures are checked with, and whether unsigned packages are refused. */
export function SigningForm({ id, stored, isEditable }: { id: string; stored: Signing; isEditable: boolean }) {
  const [publicKey, setPublicKey] = useState(stored.publicKey);
  const [isRequired, setIsRequired] = useState(stored.isRequired);
  const isDirty = publicKey !== stored.publicKey || isRequired !== stored.isRequired;
  const { run, isPending, failure, clear } = useAction(updateAppAction, {
    onSuccess: () => toast.success("How packages are signed is saved."),
  });

  function discard() {
    setPublicKey(stored.publicKey);
    setIsRequired(stored.isRequired);
    clear();
  }

  return (
    <div className="grid gap-5">
      <SigningSecret id={id} hasSecret={stored.hasSecret} isEditable={isEditable} />
      <Form
        errors={failure?.fields}
        onFormSubmit={() => run({ id, public_key: publicKey.trim() || null, require_signature: isRequired })}
        className="grid gap-4 border-t pt-4"
      >
        <Field name="public_key" label="Ed25519 public key" description="As PEM, or its 32 bytes in base64.">
          <BaseField.Control
            value={publicKey}
            disabled={!isEditable}
            maxLength={1000}
            onValueChange={setPublicKey}
            render={<Textarea spellCheck={false} className="max-h-40 font-mono text-xs" />}
          />
        </Field>
        {isEditable ? (
          <Field name="require_signature">
            <Switch
              checked={isRequired}
              onCheckedChange={setIsRequired}
              label="Refuse packages without a signature"
              description="Needs a secret or a public key to check signatures with."
            />
          </Field>
        ) : (
          <p className="text-muted-foreground">
            Packages without a signature are {stored.isRequired ? "refused" : "taken"}.
          </p>
        )}
        {isDirty ? <SaveBar isPending={isPending} onDiscard={discard} /> : null}
      </Form>
    </div>
  );
}
