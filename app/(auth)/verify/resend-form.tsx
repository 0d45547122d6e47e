"use client";

import { Form } from "@base-ui/react/form";
import { useEffect, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { FormFailure } from "../auth-parts";
import { useSubmit } from "../use-submit";

const coolDownSeconds = 60;

/** Sends the confirmation link again, at most once a minute. */
export function ResendForm({ email, next }: { email: string; next: string }) {
  const { submit, isPending, failure, settle } = useSubmit();
  const [isSent, setIsSent] = useState(false);
  const [secondsLeft, setSecondsLeft] = useState(0);
  const isWaiting = secondsLeft > 0;

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => setSecondsLeft((seconds) => seconds - 1), 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);

  async function resend(values: { email: string }) {
    if (await submit("/api/auth/resend", { ...values, next })) {
      setIsSent(true);
      setSecondsLeft(coolDownSeconds);
      settle();
    }
  }

  return (
    <Form<{ email: string }> method="post" onFormSubmit={resend} errors={failure?.fields} className="grid gap-4">
      <FormFailure failure={failure} />
      {isSent ? <Alert tone="info">If the address still needs it, a new link is on its way.</Alert> : null}
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="username" required defaultValue={email} />
      </Field>
      <Button type="submit" size="lg" pending={isPending} disabled={isWaiting}>
        {isWaiting ? `Send again in ${secondsLeft} s` : "Send the link again"}
      </Button>
    </Form>
  );
}
