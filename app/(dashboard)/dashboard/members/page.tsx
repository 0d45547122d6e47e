import type { Metadata } from "next";
import { EmptyState } from "#components/ui/empty-state";
import { Page, Section } from "#components/ui/section";
import { listInvitations } from "#lib/organizations/invitations";
import { listMembers } from "#lib/organizations/service";
import { requireMember } from "../../member";
import { InvitationTable } from "./invitation-table";
import { InviteButton } from "./invite-button";
import { MemberTable } from "./member-table";

export const metadata: Metadata = { title: "Members" };

export default async function MembersPage() {
  const ctx = await requireMember();
  const { role, userId, scopes } = ctx.actor;
  const isAdmin = scopes.includes("admin:write");
  const [{ members }, { invitations }] = await Promise.all([
    listMembers(ctx),
    isAdmin ? listInvitations(ctx) : { invitations: [] },
  ]);

  return (
    <Page
      title="Members"
      description="Owners and admins manage keys and people. Members run models and see what was used."
      actions={isAdmin ? <InviteButton mayInviteAdmin={role === "owner"} /> : null}
    >
      <MemberTable members={members} userId={userId} role={role} />
      {isAdmin ? (
        <Section title="Open invitations">
          {invitations.length === 0 ? (
            <EmptyState title="Nobody is invited at the moment" level={3}>
              An invitation is a link for one address. It works once, for seven days.
            </EmptyState>
          ) : (
            <InvitationTable invitations={invitations} />
          )}
        </Section>
      ) : null}
    </Page>
  );
}
