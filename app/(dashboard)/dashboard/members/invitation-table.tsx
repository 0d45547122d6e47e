"use client";

import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { Invitation } from "#lib/organizations/schema";
import { withdrawInvitationAction } from "./actions";

/** Invitations that nobody accepted yet. */
export function InvitationTable({ invitations }: { invitations: Invitation[] }) {
  return (
    <Table label="Open invitations">
      <thead>
        <tr>
          <Th>E-mail</Th>
          <Th>Role</Th>
          <Th>Sent</Th>
          <Th>Expires</Th>
          <Th className="w-28">
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <Tr key={invitation.id}>
            <Td>
              <span className="truncate font-medium">{invitation.email}</span>
            </Td>
            <Td label="Role">
              <span className="capitalize">{invitation.role}</span>
            </Td>
            <Td label="Sent">
              <RelativeTime value={invitation.created_at} />
            </Td>
            <Td label="Expires">
              <RelativeTime value={invitation.expires_at} />
            </Td>
            <Td className="sm:text-right">
              <WithdrawButton invitation={invitation} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function WithdrawButton({ invitation }: { invitation: Invitation }) {
  const { run, isPending } = useAction(withdrawInvitationAction, {
    onSuccess: () => toast.success(`The invitation of ${invitation.email} is withdrawn.`),
  });
  return (
    <Button
      size="sm"
      pending={isPending}
      aria-label={`Withdraw the invitation of ${invitation.email}`}
      onClick={() => run({ id: invitation.id })}
      className="justify-self-start"
    >
      Withdraw
    </Button>
  );
}
