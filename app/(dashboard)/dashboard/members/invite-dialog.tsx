"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { CreatedInvitation, InviteMember } from "#lib/organizations/schema";
import { inviteMemberAction } from "./actions";

const member = { value: "member" as const, label: "Member", detail: "Runs models, sees usage" };
const admin = { value: "admin" as const, label: "Admin", detail: "Also manages keys and people" };

type InviteDialogProps = {
  mayInviteAdmin: boolean;
  onClose: () => void;
  onInvited: (invitation: CreatedInvitation["invitation"]) => void;
};

/** Asks whom to invite, and as what. */
export function InviteDialog({ mayInviteAdmin, onClose, onInvited }: InviteDialogProps) {
  const formId = useId();
  const [role, setRole] = useState<InviteMember["role"]>("member");
  const { run, isPending, failure } = useAction(inviteMemberAction, { onSuccess: onInvited });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Invite somebody"
      description="They get a link that works once, for seven days."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Invite
          </Button>
        </>
      }
    >
      <Form<{ email: string }>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={({ email }) => run({ email, role })}
        className="grid gap-4"
      >
        <Field name="email" label="E-mail">
          <Input type="email" required autoComplete="off" />
        </Field>
        <Field name="role" label="Role" description={mayInviteAdmin ? undefined : "Only an owner can invite an admin."}>
          <Select value={role} onValueChange={setRole} options={mayInviteAdmin ? [member, admin] : [member]} />
        </Field>
      </Form>
    </Dialog>
  );
}
