"use client";

import { Square } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { cancelAgentAction } from "../actions";
import { formatDollars } from "../words";

type CancelButtonProps = { agentId: string; estimatedCost: number; cost: number };

/** Stops an agent that waits or works, and says what comes back. */
export function CancelButton({ agentId, estimatedCost, cost }: CancelButtonProps) {
  const [isAsking, setIsAsking] = useState(false);
  const close = () => setIsAsking(false);
  const { run, isPending } = useAction(cancelAgentAction, {
    onSuccess: ({ refund }) => {
      close();
      toast.success(`The agent is cancelled. ${formatDollars(refund)} is free again.`);
    },
    onFailure: close,
  });
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <Square aria-hidden />
        Cancel agent
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title="Cancel this agent"
          action="Cancel agent"
          isPending={isPending}
          onConfirm={() => run({ agent_id: agentId })}
          onClose={close}
        >
          {formatDollars(estimatedCost)} is held for it and {formatDollars(cost)} is spent: about{" "}
          {formatDollars(Math.max(0, estimatedCost - cost))} comes back. There will be no result.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
