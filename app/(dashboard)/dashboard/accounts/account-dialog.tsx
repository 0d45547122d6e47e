"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { PasswordInput } from "#components/ui/password-input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { Account, AccountProvider, Platform } from "#lib/account-pool/schema";
import { optionsOf, zoned } from "../projects/words";
import { createAccountAction, updateAccountAction } from "./actions";
import { accountWords, creditsFull, platformWords, providerWords } from "./words";

type Typed = {
  account_name: string;
  account_email: string;
  specialization: string;
  credits_available: string;
  credential: string;
  base_url: string;
  resets_at: string;
};

type AccountDialogProps = { stored?: Account; onClose: () => void };

const providers = [{ value: "", label: "None" }, ...optionsOf(providerWords)] as const;

/** The form for an account, new or not. A credential leaves this page once and never comes back. */
export function AccountDialog({ stored, onClose }: AccountDialogProps) {
  const formId = useId();
  const [platform, setPlatform] = useState<Platform>(stored?.platform ?? "genspark");
  const [status, setStatus] = useState(stored?.status ?? "available");
  const [provider, setProvider] = useState<AccountProvider | "">(stored?.provider ?? "");
  const [removes, setRemoves] = useState(false);
  const create = useAction(createAccountAction, { onSuccess: () => done("The account is added.") });
  const update = useAction(updateAccountAction, { onSuccess: () => done("The account is saved.") });
  const isPending = create.isPending || update.isPending;
  const failure = create.failure ?? update.failure;

  function done(message: string) {
    toast.success(message);
    onClose();
  }

  function submit(typed: Typed) {
    const account = {
      account_name: typed.account_name,
      account_email: typed.account_email.trim() || null,
      platform,
      specialization: typed.specialization.trim() || null,
      provider: provider || null,
      base_url: typed.base_url.trim() || null,
      ...(typed.credential ? { credential: typed.credential } : removes && { credential: null }),
      resets_at: typed.resets_at ? new Date(typed.resets_at).toISOString() : null,
    };
    if (!stored) return create.run(account);
    const credits = Number(typed.credits_available);
    update.run({
      id: stored.id,
      ...account,
      ...(status !== stored.status && { status }),
      ...(credits !== stored.credits_available && { credits_available: credits }),
    });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={stored ? "Edit the account" : "Add an account"}
      description={stored ? undefined : `Only an account that you may use. It starts with ${creditsFull} credits.`}
      className="max-w-xl"
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            {stored ? "Save" : "Add account"}
          </Button>
        </>
      }
    >
      <Form<Typed> id={formId} errors={failure?.fields} onFormSubmit={submit} className="grid gap-4 sm:grid-cols-2">
        <Field name="account_name" label="Name">
          <Input required maxLength={100} defaultValue={stored?.account_name} autoComplete="off" />
        </Field>
        <Field name="account_email" label="E-mail (optional)">
          <Input type="email" maxLength={320} defaultValue={stored?.account_email ?? ""} autoComplete="off" />
        </Field>
        <Field name="platform" label="Platform">
          <Select value={platform} onValueChange={setPlatform} options={optionsOf(platformWords)} />
        </Field>
        <Field name="specialization" label="Specialization (optional)">
          <Input
            maxLength={200}
            defaultValue={stored?.specialization ?? ""}
            placeholder="frontend, tests"
            autoComplete="off"
          />
        </Field>
        {stored ? (
          <>
            <Field name="status" label="Status">
              <Select value={status} onValueChange={setStatus} options={optionsOf(accountWords)} />
            </Field>
            <Field name="credits_available" label="Credits left">
              <Input
                type="number"
                required
                min={0}
                max={1_000_000_000}
                step={1}
                defaultValue={stored.credits_available}
              />
            </Field>
          </>
        ) : null}
        <Field
          name="resets_at"
          label="Full again at (optional)"
          description="In your own time zone; without it, with the daily refresh."
          className="sm:col-span-2"
        >
          <Input
            type="datetime-local"
            defaultValue={stored?.resets_at ? localTime(stored.resets_at) : ""}
            className="sm:w-60"
          />
        </Field>
        <fieldset className="grid gap-4 border-t pt-4 sm:col-span-2 sm:grid-cols-2">
          <legend className="contents">
            <span className="font-medium sm:col-span-2">API credential (optional)</span>
          </legend>
          <Field name="provider" label="Provider">
            <Select<AccountProvider | ""> value={provider} onValueChange={setProvider} options={providers} />
          </Field>
          <Field name="base_url" label="Address (optional)">
            <Input
              type="url"
              maxLength={2048}
              defaultValue={stored?.base_url ?? ""}
              placeholder="https://"
              autoComplete="off"
            />
          </Field>
          <Field
            name="credential"
            label="API key"
            description={
              stored?.has_credential
                ? `One ending in ${stored.credential_last4} is stored. Left empty, it stays.`
                : "Stored encrypted and never shown again."
            }
            className="sm:col-span-2"
          >
            <PasswordInput minLength={8} maxLength={4096} autoComplete="off" disabled={removes} />
          </Field>
          {stored?.has_credential ? (
            <Checkbox
              label="Remove the stored key"
              checked={removes}
              onCheckedChange={setRemoves}
              className="sm:col-span-2"
            />
          ) : null}
        </fieldset>
      </Form>
    </Dialog>
  );
}

/** A stored time as the field for local times takes it. */
function localTime(time: string): string {
  const date = new Date(zoned(time));
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
