"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { deleteSetAction } from "../actions";

/** Deletes the set, for good. */
export function DeleteButton({ setId, name }: { setId: string; name: string }) {
  const router = useRouter();
  const [isAsked, setIsAsked] = useState(false);
  const { run, isPending } = useAction(deleteSetAction, {
    onSuccess: ({ message }) => {
      toast.success(message);
      router.replace("/dashboard/pricing/scenarios");
    },
  });
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Delete</Button>
      {isAsked ? (
        <ConfirmDialog
          title="Delete this scenario set"
          action="Delete set"
          isPending={isPending}
          onConfirm={() => run({ scenario_set_id: setId })}
          onClose={() => setIsAsked(false)}
        >
          {name} is deleted; the quotes that were made of it stay. This cannot be undone.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
