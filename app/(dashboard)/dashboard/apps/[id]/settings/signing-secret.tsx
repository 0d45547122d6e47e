"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { createSigningSecretAction, deleteSigningSecretAction } from "../../actions";
import { SecretDialog } from "../secret-dialog";

/** The secret of HMAC signatures: made, replaced or removed; shown once. */
export function SigningSecret({ id, hasSecret, isEditable }: { id: string; hasSecret: boolean; isEditable: boolean }) {
  const [made, setMade] = useState<string | null>(null);
  const [asked, setAsked] = useState<"replace" | "remove" | null>(null);
  const close = () => setAsked(null);
  const creation = useAction(createSigningSecretAction, {
    onSuccess: ({ signing_secret }) => {
      close();
      setMade(signing_secret);
    },
  });
  const removal = useAction(deleteSigningSecretAction, {
    onSuccess: () => {
      close();
      toast.success("The signing secret is removed.");
    },
    onFailure: close,
  });

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="mr-auto grid gap-0.5">
        <span className="flex items-center gap-2 font-medium">
          Signing secret <Badge tone={hasSecret ? "success" : "neutral"}>{hasSecret ? "Set" : "None"}</Badge>
        </span>
        <span className="text-muted-foreground text-xs">For HMAC-SHA256 signatures. It is shown once.</span>
      </div>
      {isEditable && hasSecret ? (
        <>
          <Button onClick={() => setAsked("remove")}>Remove</Button>
          <Button onClick={() => setAsked("replace")}>Replace</Button>
        </>
      ) : null}
      {isEditable && !hasSecret ? (
        <Button pending={creation.isPending} onClick={() => creation.run({ id })}>
          Create secret
        </Button>
      ) : null}
      {asked === "replace" ? (
        <ConfirmDialog
          title="Replace the signing secret"
          action="Replace secret"
          isPending={creation.isPending}
          onConfirm={() => creation.run({ id })}
          onClose={close}
        >
          Signatures made with the old one are refused at once.
        </ConfirmDialog>
      ) : null}
      {asked === "remove" ? (
        <ConfirmDialog
          title="Remove the signing secret"
          action="Remove secret"
          isPending={removal.isPending}
          onConfirm={() => removal.run({ id })}
          onClose={close}
        >
          Signatures are then only checked with the public key, if there is one.
        </ConfirmDialog>
      ) : null}
      {made ? <SecretDialog title="Save the signing secret" secret={made} onDone={() => setMade(null)} /> : null}
    </div>
  );
}
