"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { addProviderKeyAction, testProviderKeyAction } from "./actions";
import { type ProviderName, providerChoices } from "./words";

type Typed = { label: string; key: string; base_url: string };

/** The form for a provider's key. What is typed as the key leaves this page once and never comes back. */
export function AddKeyDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const [provider, setProvider] = useState<ProviderName>("openai");
  const [isActive, setIsActive] = useState(true);
  const needsAddress = providerChoices.find(({ value }) => value === provider)?.needsAddress ?? false;
  const test = useAction(testProviderKeyAction, {
    onSuccess: ({ ok, models, error }) => {
      if (ok) toast.success(`The key works: ${models.length} models.`);
      else toast.warning("The key is saved, but its test failed.", { description: error ?? undefined });
      onClose();
    },
    onFailure: onClose,
  });
  const add = useAction(addProviderKeyAction, { onSuccess: ({ id }) => test.run({ id }) });
  const isPending = add.isPending || test.isPending;

  function submit({ label, key, base_url }: Typed) {
    add.run({
      provider,
      ...(label.trim() && { label }),
      ...(key && { key }),
      ...(base_url.trim() && { base_url }),
      is_active: isActive,
    });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Add a provider key"
      description="Calls to the provider are made with it and cost no credits. It is stored encrypted and never shown again."
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {test.isPending ? "Testing" : "Add and test"}
          </Button>
        </>
      }
    >
      <Form<Typed> id={formId} errors={add.failure?.fields} onFormSubmit={submit} className="grid gap-4">
        <Field name="provider" label="Provider">
          <Select value={provider} onValueChange={setProvider} options={providerChoices} />
        </Field>
        <Field
          name="key"
          label={needsAddress ? "Key (where the server asks for one)" : "Key"}
          description="As the provider gave it to you."
        >
          <Input type="password" required={!needsAddress} autoComplete="off" spellCheck={false} maxLength={1_000} />
        </Field>
        <Field
          name="base_url"
          label={needsAddress ? "Address" : "Address (optional)"}
          description={
            needsAddress
              ? "Of its API, such as https://models.example.com/v1. It has to be public."
              : "Only for a gateway in front of the provider."
          }
        >
          <Input type="url" required={needsAddress} autoComplete="off" placeholder="https://" />
        </Field>
        <Field name="label" label="Name (optional)" description="What tells it from the provider's other keys.">
          <Input maxLength={100} autoComplete="off" />
        </Field>
        <Switch
          label="Use it at once"
          description="Of each provider one key is used; the others are switched off."
          checked={isActive}
          onCheckedChange={setIsActive}
        />
      </Form>
    </Dialog>
  );
}
