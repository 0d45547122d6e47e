import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { getInvitation } from "#lib/organizations/invitations";
import { currentUser } from "../../../(dashboard)/member";
import { type SearchParams, single } from "../../../search-params";
import { AuthHeader } from "../../auth-parts";
import { withNext } from "../../next-path";
import { AcceptButton, SwitchAccountButton } from "./accept-button";

// The address holds the token of the invitation; no other site is to learn it.
export const metadata: Metadata = { title: "Join an organization", referrer: "no-referrer" };

export default async function AcceptInvitationPage({ searchParams }: { searchParams: SearchParams }) {
  const token = single((await searchParams).token);
  const invitation = token === "" ? null : await getInvitation(token);
  if (invitation === null) {
    return (
      <>
        <AuthHeader title="This invitation is no longer open">
          It has expired, was withdrawn, or was accepted already. Ask for a new one, or go on with your own account.
        </AuthHeader>
        <ButtonLink href="/dashboard" variant="primary" size="lg">
          Go to the dashboard
        </ButtonLink>
      </>
    );
  }

  const user = await currentUser();
  const here = `/invitations/accept?${new URLSearchParams({ token })}`;
  const account = { email: invitation.email };
  return (
    <>
      <AuthHeader title={`Join ${invitation.organization_name}`}>
        The invitation is for <strong className="font-medium text-foreground">{invitation.email}</strong>, as{" "}
        {invitation.role === "admin" ? "an admin" : "a member"}.
      </AuthHeader>
      {user === null ? (
        <div className="grid gap-2">
          <ButtonLink href={withNext("/signup", here, account)} variant="primary" size="lg">
            Create an account
          </ButtonLink>
          <ButtonLink href={withNext("/login", here, account)} size="lg">
            I have an account
          </ButtonLink>
        </div>
      ) : user.email.toLowerCase() === invitation.email.toLowerCase() ? (
        <AcceptButton token={token} organization={invitation.organization_name} />
      ) : (
        <SwitchAccountButton signedInAs={user.email} login={withNext("/login", here, account)} />
      )}
    </>
  );
}
