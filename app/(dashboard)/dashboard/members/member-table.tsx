"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { Member } from "#lib/organizations/schema";
import { removeMemberAction } from "./actions";

type MemberTableProps = { members: Member[]; userId: string; role: Member["role"] };

/** Everybody in the organization, with what the reader may do about each. */
export function MemberTable({ members, userId, role }: MemberTableProps) {
  const [asked, setAsked] = useState<Member | null>(null);
  const owners = members.filter((member) => member.role === "owner").length;

  function mayRemove(member: Member): boolean {
    if (member.role === "owner" && owners === 1) return false;
    if (member.user_id === userId) return true;
    return role === "owner" || (role === "admin" && member.role !== "owner");
  }

  return (
    <>
      <Table label="Members">
        <thead>
          <tr>
            <Th>E-mail</Th>
            <Th>Role</Th>
            <Th>Joined</Th>
            <Th className="w-28">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <Tr key={member.id}>
              <Td>
                <span className="flex min-w-0 items-center gap-2">
                  <span className="truncate font-medium">{member.email}</span>
                  {member.user_id === userId ? <span className="text-muted-foreground">you</span> : null}
                </span>
              </Td>
              <Td label="Role">
                <span>
                  <Badge tone={member.role === "owner" ? "accent" : "neutral"} className="capitalize">
                    {member.role}
                  </Badge>
                </span>
              </Td>
              <Td label="Joined">
                <RelativeTime value={member.joined_at} />
              </Td>
              <Td className="sm:text-right">
                {mayRemove(member) ? (
                  <Button
                    size="sm"
                    onClick={() => setAsked(member)}
                    aria-label={member.user_id === userId ? undefined : `Remove ${member.email}`}
                    className="justify-self-start"
                  >
                    {member.user_id === userId ? "Leave" : "Remove"}
                  </Button>
                ) : null}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {asked ? <RemoveDialog member={asked} isSelf={asked.user_id === userId} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function RemoveDialog({ member, isSelf, onClose }: { member: Member; isSelf: boolean; onClose: () => void }) {
  const { run, isPending } = useAction(removeMemberAction, {
    onSuccess: () => {
      if (isSelf) return window.location.assign("/dashboard");
      toast.success(`${member.email} is no longer a member.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={isSelf ? "Leave the organization" : `Remove ${member.email}`}
      action={isSelf ? "Leave" : "Remove"}
      isPending={isPending}
      onConfirm={() => run({ userId: member.user_id })}
      onClose={onClose}
    >
      {isSelf ? "You lose access" : "This person loses access"} at once, and the API keys{" "}
      {isSelf ? "you" : "this person"} made for the organization are revoked.
    </ConfirmDialog>
  );
}
