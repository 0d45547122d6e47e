"use client";

import { useActionState } from "react";
import { Alert } from "#components/ui/alert";
import { Button } from "#components/ui/button";
import { type CheckoutState, cancelAction, payAction } from "./actions";

/** The two ways out of a checkout. Both are plain forms, which work before the page's script has come. */
export function PayForm({ sessionId, total }: { sessionId: string; total: string }) {
  const [paid, pay, isPaying] = useActionState<CheckoutState>(payAction.bind(null, sessionId), null);
  const [cancelled, cancel, isCancelling] = useActionState<CheckoutState>(cancelAction.bind(null, sessionId), null);
  const failure = paid ?? cancelled;
  return (
    <div className="grid gap-2">
      {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
      <form action={pay} className="grid">
        <Button type="submit" variant="primary" size="lg" pending={isPaying} disabled={isCancelling}>
          Pay {total} with test money
        </Button>
      </form>
      <form action={cancel} className="grid">
        <Button type="submit" variant="ghost" size="lg" pending={isCancelling} disabled={isPaying}>
          Cancel
        </Button>
      </form>
    </div>
  );
}
