"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import type { KeyEnvironment, ScopeName } from "#lib/keys/schema";
import { useFreshKey } from "../../fresh-key";
import { createKeyAction } from "./actions";
import { environments, environmentWords, scopeNames, scopeWords } from "./words";

/** The form for a new key. On success it gives way to the dialog that shows the key. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const { reveal } = useFreshKey();
  const [environment, setEnvironment] = useState<KeyEnvironment>("live");
  const [scopes, setScopes] = useState<readonly ScopeName[]>(["agents:read", "agents:write"]);
  const [signing, setSigning] = useState(false);
  const { run, isPending, failure } = useAction(createKeyAction, {
    onSuccess: ({ name, key, signing_secret }) => {
      reveal({ name, key, signingSecret: signing_secret });
      onClose();
    },
  });

  function toggle(scope: ScopeName, isOn: boolean) {
    setScopes(scopeNames.filter((each) => (each === scope ? isOn : scopes.includes(each))));
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Create an API key"
      description="The key is shown once, right after this."
      className="max-w-lg"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending} disabled={scopes.length === 0}>
            Create key
          </Button>
        </>
      }
    >
      <Form<{ name: string }>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={({ name }) => run({ name, environment, scopes: [...scopes], signing })}
        className="grid gap-4"
      >
        <Field name="name" label="Name" description="What uses it, such as “nightly report”.">
          <Input required maxLength={100} autoComplete="off" />
        </Field>
        <Field name="environment" label="Environment" description="Shows in the key's prefix, so a mix-up stands out.">
          <Select
            value={environment}
            onValueChange={setEnvironment}
            options={environments.map((value) => ({ value, label: environmentWords[value] }))}
          />
        </Field>
        <fieldset className="grid gap-2.5">
          <legend className="mb-2 font-medium">What the key may do</legend>
          {scopeNames.map((scope) => (
            <Checkbox
              key={scope}
              checked={scopes.includes(scope)}
              onCheckedChange={(isOn) => toggle(scope, isOn)}
              label={scopeWords[scope].label}
              description={scopeWords[scope].description}
            />
          ))}
          {scopes.length === 0 ? <p className="text-destructive text-xs">Choose at least one.</p> : null}
        </fieldset>
        <div className="border-t pt-4">
          <Switch
            checked={signing}
            onCheckedChange={setSigning}
            label="Require signed requests"
            description="Adds a second secret. Each request must carry a signature made with it."
          />
        </div>
      </Form>
    </Dialog>
  );
}
