"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { deleteAppAction } from "../../actions";

/** Deletes the app once its name was typed. */
export function DeleteApp({ id, name }: { id: string; name: string }) {
  const router = useRouter();
  const [isAsked, setIsAsked] = useState(false);
  const { run, isPending } = useAction(deleteAppAction, {
    onSuccess: () => {
      toast.success(`“${name}” is deleted.`);
      router.replace("/dashboard/apps");
    },
    onFailure: () => setIsAsked(false),
  });
  return (
    <>
      <Button variant="danger" onClick={() => setIsAsked(true)} className="justify-self-start">
        Delete app
      </Button>
      {isAsked ? (
        <ConfirmDialog
          title={`Delete “${name}”`}
          action="Delete app"
          typed={name}
          isPending={isPending}
          onConfirm={() => run({ id })}
          onClose={() => setIsAsked(false)}
        >
          Calls of it are refused from then on, and its files are removed.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
