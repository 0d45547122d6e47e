"use client";

import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useAction } from "#components/use-action";
import type { Session } from "#lib/orchestration/schema";
import { changeSessionAction } from "../actions";
import { isFinal, sessionWords } from "../words";

const explained = {
  completed: {
    title: "Complete this session",
    action: "Complete",
    text: "It takes nothing new from then on; what runs in it goes on to its end. This cannot be undone.",
  },
  cancelled: {
    title: "Cancel this session",
    action: "Cancel session",
    text: "What runs in it is stopped, and it takes nothing new. Calls that were made stay paid for. This cannot be undone.",
  },
};

/** What can be done to a session that is not over. */
export function StatusButtons({ id, status }: { id: string; status: Session["status"] }) {
  const [asked, setAsked] = useState<"completed" | "cancelled" | null>(null);
  const { run, isPending } = useAction(changeSessionAction, {
    onSuccess: (session) => {
      setAsked(null);
      toast.success(`The session is ${sessionWords[session.status].label.toLowerCase()}.`);
    },
  });
  if (isFinal(status)) return null;
  return (
    <>
      {status === "active" ? (
        <Button pending={isPending && asked === null} onClick={() => run({ id, status: "paused" })}>
          Pause
        </Button>
      ) : (
        <Button pending={isPending && asked === null} onClick={() => run({ id, status: "active" })}>
          Resume
        </Button>
      )}
      <Button onClick={() => setAsked("completed")}>Complete…</Button>
      <Button onClick={() => setAsked("cancelled")}>Cancel…</Button>
      {asked ? (
        <ConfirmDialog
          title={explained[asked].title}
          action={explained[asked].action}
          isPending={isPending}
          onConfirm={() => run({ id, status: asked })}
          onClose={() => setAsked(null)}
        >
          {explained[asked].text}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
