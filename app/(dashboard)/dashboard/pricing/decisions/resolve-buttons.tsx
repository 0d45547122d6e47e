"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import { declineAction, openExceptionAction } from "../actions";
import { ReasonDialog } from "../reason-dialog";

type ResolveButtonsProps = { decisionId: string; name: string };

/** Takes a decision out of the queue: approved with a reason on the record, or declined. */
export function ResolveButtons({ decisionId, name }: ResolveButtonsProps) {
  const [asked, setAsked] = useState<"approve" | "decline" | null>(null);
  const close = () => setAsked(null);
  const approve = useAction(openExceptionAction, {
    onSuccess: () => {
      close();
      toast.success("Approved as an exception, which stays open until somebody closes it.");
    },
  });
  const decline = useAction(declineAction, {
    onSuccess: () => {
      close();
      toast.success("The quote is declined.");
    },
  });

  return (
    <span className="flex flex-wrap gap-2 sm:justify-end">
      <Button size="sm" aria-label={`Approve ${name} as an exception`} onClick={() => setAsked("approve")}>
        Approve
      </Button>
      <Button size="sm" variant="ghost" aria-label={`Decline ${name}`} onClick={() => setAsked("decline")}>
        Decline
      </Button>
      {asked === "approve" ? (
        <ReasonDialog
          title="Approve as an exception"
          field={{ name: "reason", label: "Reason", isRequired: true }}
          action="Approve as an exception"
          isPending={approve.isPending}
          failure={approve.failure}
          onSubmit={(reason) => approve.run({ decision_id: decisionId, reason })}
          onClose={close}
        >
          {name} misses its guard-rail. The exception and its reason are kept, and it ages until it is closed.
        </ReasonDialog>
      ) : null}
      {asked === "decline" ? (
        <ConfirmDialog
          title="Decline this quote"
          action="Decline"
          isPending={decline.isPending}
          onConfirm={() => decline.run({ decision_id: decisionId })}
          onClose={close}
        >
          {name} is not to be sent. This cannot be undone; a new decision can be made.
        </ConfirmDialog>
      ) : null}
    </span>
  );
}
