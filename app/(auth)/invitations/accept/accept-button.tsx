"use client";

import { send } from "#components/request";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { FormFailure } from "../../auth-parts";
import { useSubmit } from "../../use-submit";

/** Accepts the invitation and opens the dashboard of the organization. */
export function AcceptButton({ token, organization }: { token: string; organization: string }) {
  const { submit, isPending, failure } = useSubmit();

  async function accept() {
    const body = await submit("/api/organizations/invitations/accept", { token });
    if (body) window.location.assign("/dashboard");
  }

  return (
    <div className="grid gap-3">
      <FormFailure failure={failure} />
      <Button variant="primary" size="lg" pending={isPending} onClick={accept}>
        <span className="truncate">Join {organization}</span>
      </Button>
    </div>
  );
}

/** For a reader who is signed in with another address than the invited one. */
export function SwitchAccountButton({ signedInAs, login }: { signedInAs: string; login: string }) {
  async function switchAccount() {
    await send("POST", "/api/auth/logout", {});
    window.location.assign(login);
  }

  return (
    <div className="grid gap-3">
      <Alert tone="warning">You are signed in as {signedInAs}. Sign in with the invited address to accept.</Alert>
      <Button variant="primary" size="lg" onClick={switchAccount}>
        Use the invited address
      </Button>
    </div>
  );
}
