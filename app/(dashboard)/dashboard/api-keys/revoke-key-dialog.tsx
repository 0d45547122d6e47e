"use client";

import { toast } from "sonner";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import type { ApiKey } from "#lib/keys/schema";
import { revokeKeyAction } from "./actions";

/** Revokes a key once its name was typed. */
export function RevokeKeyDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { run, isPending } = useAction(revokeKeyAction, {
    onSuccess: () => {
      toast.success(`“${apiKey.name}” is revoked.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Revoke “${apiKey.name}”`}
      action="Revoke key"
      typed={apiKey.name}
      isPending={isPending}
      onConfirm={() => run({ id: apiKey.id })}
      onClose={onClose}
    >
      Programs that use {apiKey.key_preview} are refused from now on. This cannot be undone; to replace a key without an
      interruption, rotate it instead.
    </ConfirmDialog>
  );
}
