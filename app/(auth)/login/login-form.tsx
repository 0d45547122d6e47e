"use client";

import { Form } from "@base-ui/react/form";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Link } from "#components/ui/link";
import { PasswordInput } from "#components/ui/password-input";
import { FormFailure } from "../auth-parts";
import { withNext } from "../next-path";
import { useSubmit } from "../use-submit";

type Values = { email: string; password: string; rememberMe: boolean };

/** Signs in and goes on to where the reader wanted to be. */
export function LoginForm({ next, email }: { next: string; email: string }) {
  const { submit, isPending, failure } = useSubmit();

  async function login(values: Values) {
    const body = await submit("/api/auth/login", values, ({ code }) => {
      if (code === "EMAIL_NOT_VERIFIED") window.location.assign(withNext("/verify", next, { email: values.email }));
      return code === "EMAIL_NOT_VERIFIED";
    });
    // A full load, so that nothing rendered for a signed-out reader stays in the router's memory.
    if (body) window.location.assign(next);
  }

  return (
    // The method keeps a password out of the address should the form be sent before the script has loaded.
    <Form<Values> method="post" onFormSubmit={login} errors={failure?.fields} className="grid gap-4">
      <FormFailure failure={failure} />
      <Field name="email" label="E-mail">
        <Input type="email" autoComplete="username" required defaultValue={email} />
      </Field>
      <Field
        name="password"
        label="Password"
        aside={
          <Link href="/reset-password" className="text-muted-foreground text-xs underline underline-offset-4">
            Forgot it?
          </Link>
        }
      >
        <PasswordInput autoComplete="current-password" required />
      </Field>
      <Field name="rememberMe">
        <Checkbox label="Keep me signed in for 30 days" />
      </Field>
      <Button type="submit" variant="primary" size="lg" pending={isPending}>
        Sign in
      </Button>
    </Form>
  );
}
