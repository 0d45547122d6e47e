"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { completeAction } from "../actions";

/** Ends the experiment, for good. */
export function CompleteButton({ experimentId, name }: { experimentId: string; name: string }) {
  const [isAsked, setIsAsked] = useState(false);
  const { run, isPending } = useAction(completeAction, {
    onSuccess: () => {
      setIsAsked(false);
      toast.success("The experiment is completed.");
    },
  });
  return (
    <>
      <Button onClick={() => setIsAsked(true)}>Complete</Button>
      {isAsked ? (
        <ConfirmDialog
          title="Complete this experiment"
          action="Complete"
          isPending={isPending}
          onConfirm={() => run({ experiment_id: experimentId })}
          onClose={() => setIsAsked(false)}
        >
          Nobody is assigned to {name} and nothing is counted any more. This cannot be undone.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
