"use client";

import { RotateCw } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { replayAction } from "../../actions";

type ReplayButtonProps = { target: { appId: string; id: string; deliveryId: string }; isDelivered: boolean };

/** Sends a delivery again under the same id; asks first when it has arrived already. */
export function ReplayButton({ target, isDelivered }: ReplayButtonProps) {
  const [isAsked, setIsAsked] = useState(false);
  const { run, isPending } = useAction(replayAction, {
    onSuccess: () => {
      setIsAsked(false);
      toast.success("It is sent again.");
    },
    onFailure: () => setIsAsked(false),
  });
  return (
    <>
      <Button
        pending={isPending && !isAsked}
        onClick={() => (isDelivered ? setIsAsked(true) : run({ ...target, confirm: false }))}
      >
        {isPending ? null : <RotateCw aria-hidden />}
        Send again
      </Button>
      {isAsked ? (
        <ConfirmDialog
          title="Send again what has arrived"
          action="Send again"
          isPending={isPending}
          onConfirm={() => run({ ...target, confirm: true })}
          onClose={() => setIsAsked(false)}
        >
          The receiver has answered with success already. Unless it looks at the delivery's id, it may act twice.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
