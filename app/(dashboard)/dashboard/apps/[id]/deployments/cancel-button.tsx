"use client";

import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { cancelDeploymentAction } from "./actions";

type CancelButtonProps = { id: string; version: string /** Told once it is cancelled. */; onCancelled?: () => void };

/** Takes a waiting deployment out of the queue. */
export function CancelButton({ id, version, onCancelled }: CancelButtonProps) {
  const { run, isPending } = useAction(cancelDeploymentAction, {
    onSuccess: () => {
      toast.success(`The deployment of ${version} is cancelled. What it cost is back.`);
      onCancelled?.();
    },
  });
  return (
    <Button
      size="sm"
      pending={isPending}
      aria-label={`Cancel the deployment of ${version}`}
      onClick={() => run({ id })}
      className="justify-self-start"
    >
      Cancel
    </Button>
  );
}
