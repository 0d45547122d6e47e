"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import type { CreatedInvitation } from "#lib/organizations/schema";
import { useShortcut } from "../../shell/use-shortcut";
import { InvitationLinkDialog } from "./invitation-link-dialog";
import { InviteDialog } from "./invite-dialog";

/** Opens the form for an invitation, then shows its link. */
export function InviteButton({ mayInviteAdmin }: { mayInviteAdmin: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  const [invited, setInvited] = useState<CreatedInvitation["invitation"] | null>(null);
  useShortcut("shift+n", () => setIsOpen(true));

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <UserPlus aria-hidden />
        Invite
      </Button>
      {isOpen ? (
        <InviteDialog
          mayInviteAdmin={mayInviteAdmin}
          onClose={() => setIsOpen(false)}
          onInvited={(invitation) => {
            setIsOpen(false);
            setInvited(invitation);
          }}
        />
      ) : null}
      {invited ? <InvitationLinkDialog invitation={invited} onClose={() => setInvited(null)} /> : null}
    </>
  );
}
