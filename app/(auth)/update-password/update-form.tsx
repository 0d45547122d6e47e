"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button, ButtonLink } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { PasswordInput } from "#components/ui/password-input";
import { FormFailure } from "../auth-parts";
import { useFragment } from "../use-fragment";
import { useSubmit } from "../use-submit";

type RecoveryLink = { accessToken: string } | { problem: string };

/** Sets the password with the token of the e-mail link. */
export function UpdateForm() {
  const fragment = useFragment();
  const [isDone, setIsDone] = useState(false);
  const { submit, isPending, failure } = useSubmit();

  if (fragment === null) return null;
  const link = readLink(fragment);
  if ("problem" in link) {
    return (
      <>
        <Alert tone="danger">{link.problem}</Alert>
        <ButtonLink href="/reset-password" variant="primary" size="lg">
          Ask for a new link
        </ButtonLink>
      </>
    );
  }
  if (isDone) {
    return (
      <>
        <Alert tone="info">Your password is changed.</Alert>
        <ButtonLink href="/login" variant="primary" size="lg">
          Sign in
        </ButtonLink>
      </>
    );
  }

  async function update({ password }: { password: string }, accessToken: string) {
    if (await submit("/api/auth/update-password", { password, access_token: accessToken })) setIsDone(true);
  }

  return (
    <Form<{ password: string }>
      method="post"
      onFormSubmit={(values) => update(values, link.accessToken)}
      errors={failure?.fields}
      className="grid gap-4"
    >
      <FormFailure failure={failure} />
      <Field name="password" label="New password" description="At least 8 characters.">
        <PasswordInput autoComplete="new-password" required minLength={8} />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={isPending}>
        Save the password
      </Button>
    </Form>
  );
}

function readLink(fragment: URLSearchParams): RecoveryLink {
  const accessToken = fragment.get("access_token");
  if (accessToken) return { accessToken };
  if (fragment.has("error")) return { problem: "This link has expired or was used already. Links work once." };
  return { problem: "This page opens from the link in our e-mail. The link you followed is not complete." };
}
