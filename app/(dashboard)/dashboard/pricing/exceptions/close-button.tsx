"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { closeExceptionAction } from "../actions";
import { ReasonDialog } from "../reason-dialog";

/** Closes an open exception, with a note if there is something to say. */
export function CloseButton({ exceptionId, name }: { exceptionId: string; name: string }) {
  const [isAsked, setIsAsked] = useState(false);
  const { run, isPending, failure } = useAction(closeExceptionAction, {
    onSuccess: () => {
      setIsAsked(false);
      toast.success("The exception is closed.");
    },
  });
  return (
    <>
      <Button size="sm" aria-label={`Close the exception of ${name}`} onClick={() => setIsAsked(true)}>
        Close
      </Button>
      {isAsked ? (
        <ReasonDialog
          title="Close this exception"
          field={{ name: "note", label: "Note (optional)", isRequired: false }}
          action="Close exception"
          isPending={isPending}
          failure={failure}
          onSubmit={(note) => run({ exception_id: exceptionId, ...(note && { note }) })}
          onClose={() => setIsAsked(false)}
        >
          {name} no longer counts as open. What was quoted stays as it is.
        </ReasonDialog>
      ) : null}
    </>
  );
}
