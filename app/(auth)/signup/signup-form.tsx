"use client";

import { Form } from "@base-ui/react/form";
import { send } from "#components/request";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { PasswordInput } from "#components/ui/password-input";
import { FormFailure } from "../auth-parts";
import { withNext } from "../next-path";
import { useSubmit } from "../use-submit";

type Values = { email: string; password: string; organizationName?: string };

/** Creates the account and, where no e-mail has to be confirmed first, signs in at once. */
export function SignupForm({ next, email, isInvited }: { next: string; email: string; isInvited: boolean }) {
  const { submit, isPending, failure } = useSubmit();

  async function signUp({ email, password, organizationName }: Values) {
    const created = await submit("/api/auth/signup", {
      email,
      password,
      organizationName: organizationName?.trim() || undefined,
      next,
    });
    if (!created) return;
    const login = await send("POST", "/api/auth/login", { email, password, rememberMe: false });
    if (login.ok) return window.location.assign(next);
    const page = login.failure.code === "EMAIL_NOT_VERIFIED" ? "/verify" : "/login";
    window.location.assign(withNext(page, next, { email }));
  }

  return (
    <Form<Values> method="post" onFormSubmit={signUp} errors={failure?.fields} className="grid gap-4">
      <FormFailure failure={failure} />
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="username" required defaultValue={email} />
      </Field>
      <Field name="password" label="Password" description="At least 8 characters.">
        <PasswordInput autoComplete="new-password" required minLength={8} />
      </Field>
      {isInvited ? null : (
        <Field name="organizationName" label="Organization (optional)" description="You can rename it later.">
          <Input autoComplete="organization" maxLength={100} />
        </Field>
      )}
      <Button type="submit" variant="primary" size="lg" pending={isPending}>
        Create account
      </Button>
    </Form>
  );
}
