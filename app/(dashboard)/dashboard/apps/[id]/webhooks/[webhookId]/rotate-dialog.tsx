"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Label } from "#components/ui/label";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { Webhook } from "#lib/webhooks/schema";
import { rotateSecretAction } from "../actions";

type RotateDialogProps = { appId: string; webhook: Webhook; onRotated: (secret: string) => void; onClose: () => void };

const overlaps = [
  { value: "24", label: "Sign with both for 24 hours" },
  { value: "1", label: "Sign with both for 1 hour" },
  { value: "168", label: "Sign with both for 7 days" },
  { value: "0", label: "Stop the old secret at once" },
] as const;

/** Gives a web hook a new secret, with time for the receiver to change over. */
export function RotateDialog({ appId, webhook, onRotated, onClose }: RotateDialogProps) {
  const [hours, setHours] = useState<(typeof overlaps)[number]["value"]>("24");
  const { run, isPending } = useAction(rotateSecretAction, {
    onSuccess: ({ secret }) => {
      if (secret) onRotated(secret);
    },
  });
  const { signed } = webhook;

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={signed ? "Rotate the secret" : "Create a secret"}
      description={
        signed
          ? "While both sign, the header webhook-signature holds two signatures, and libraries accept either."
          : "From then on every call is signed with it."
      }
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={isPending}
            onClick={() => run({ appId, id: webhook.id, overlap_hours: signed ? Number(hours) : 0 })}
          >
            {signed ? "Rotate secret" : "Create secret"}
          </Button>
        </>
      }
    >
      {signed ? (
        <div className="grid gap-1.5">
          <Label htmlFor="overlap">Old secret</Label>
          <Select id="overlap" aria-label="Old secret" value={hours} onValueChange={setHours} options={overlaps} />
        </div>
      ) : null}
    </Dialog>
  );
}
