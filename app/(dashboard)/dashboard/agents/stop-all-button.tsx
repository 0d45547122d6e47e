"use client";

import { OctagonX } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { plural } from "../apps/words";
import { stopAllAction } from "./actions";
import { formatDollars } from "./words";

/** Stops every agent of the organization that waits or works. */
export function StopAllButton({ live }: { live: number }) {
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending } = useAction(stopAllAction, {
    onSuccess: ({ cancelled, refund }) => {
      setIsAsking(false);
      toast.success(`${plural(cancelled, "agent")} cancelled, ${formatDollars(refund)} is free again.`);
    },
  });
  return (
    <>
      <Button onClick={() => setIsAsking(true)}>
        <OctagonX aria-hidden />
        Stop all
      </Button>
      {isAsking ? (
        <ConfirmDialog
          title="Stop all agents"
          action="Stop all"
          typed={live > 1 ? "stop all" : undefined}
          isPending={isPending}
          onConfirm={() => run(undefined)}
          onClose={() => setIsAsking(false)}
        >
          {plural(live, "agent")} of this organization {live === 1 ? "is" : "are"} at work, whoever spawned{" "}
          {live === 1 ? "it" : "them"}. What was called stays paid for; the rest of what is held comes back.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
