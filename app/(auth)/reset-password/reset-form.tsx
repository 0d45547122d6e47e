"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { FormFailure } from "../auth-parts";
import { useSubmit } from "../use-submit";

/** Asks for a reset link. What it says afterwards does not tell whether the address is known. */
export function ResetForm() {
  const { submit, isPending, failure, settle } = useSubmit();
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function ask(values: { email: string }) {
    if (await submit("/api/auth/reset-password", values)) {
      setSentTo(values.email);
      settle();
    }
  }

  return (
    <Form<{ email: string }> method="post" onFormSubmit={ask} errors={failure?.fields} className="grid gap-4">
      <FormFailure failure={failure} />
      {sentTo ? (
        <Alert tone="info">
          If there is an account for {sentTo}, a link is on its way. It works once; look in the spam folder too.
        </Alert>
      ) : null}
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="username" required />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={isPending}>
        {sentTo ? "Send another link" : "Send the link"}
      </Button>
    </Form>
  );
}
