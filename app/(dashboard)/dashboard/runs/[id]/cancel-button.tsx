"use client";

import { Square } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { cancelRunAction } from "../actions";

/** Stops a run that is under way. */
export function CancelButton({ id }: { id: string }) {
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending } = useAction(cancelRunAction, {
    onSuccess: ({ isCancelled }) => {
      setIsAsking(false);
      if (isCancelled) toast.success("The run is cancelled.");
      else toast.info("The run had ended already.");
    },
  });
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <Square aria-hidden />
        Cancel run
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title="Cancel this run"
          action="Cancel run"
          isPending={isPending}
          onConfirm={() => run({ id })}
          onClose={() => setIsAsking(false)}
        >
          Calls that were made stay paid for and stay listed. What is under way is given up.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
