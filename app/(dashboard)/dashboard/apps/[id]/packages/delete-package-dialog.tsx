"use client";

import { toast } from "sonner";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import type { Package } from "#lib/packages/schema";
import { deletePackageAction } from "./actions";

type DeletePackageDialogProps = { appId: string; stored: Package; isLive: boolean; onClose: () => void };

/** Asks before a package goes; for the live one its version has to be typed. */
export function DeletePackageDialog({ appId, stored, isLive, onClose }: DeletePackageDialogProps) {
  const { version } = stored;
  const { run, isPending } = useAction(deletePackageAction, {
    onSuccess: () => {
      toast.success(`Version ${version} is deleted.`);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title={`Delete version ${version}`}
      action="Delete package"
      {...(isLive && { typed: version })}
      isPending={isPending}
      onConfirm={() => run({ appId, id: stored.id })}
      onClose={onClose}
    >
      {isLive
        ? "It is live: calls of the app are refused from now on, until something else is deployed."
        : "Its file is removed. The version can then be used again."}
    </ConfirmDialog>
  );
}
