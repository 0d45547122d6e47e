"use client";

import { useRef } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Input } from "#components/ui/input";
import type { CreatedInvitation } from "#lib/organizations/schema";

type InvitationLinkDialogProps = { invitation: CreatedInvitation["invitation"]; onClose: () => void };

/** Shows the link of a new invitation, to be passed on by hand where no mail server is set up. */
export function InvitationLinkDialog({ invitation, onClose }: InvitationLinkDialogProps) {
  const source = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      className="max-w-lg"
      title={`${invitation.email} is invited`}
      description={
        invitation.mailed
          ? "The link is on its way by e-mail. You can also pass it on yourself; it is shown only here."
          : "This instance has no mail server, so pass the link on yourself. It is shown only here."
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex gap-2">
        <Input
          ref={source}
          readOnly
          value={invitation.url}
          aria-label="Invitation link"
          className="font-mono text-xs"
        />
        <CopyButton text={invitation.url} source={source} label="Copy link" isWide />
      </div>
    </Dialog>
  );
}
