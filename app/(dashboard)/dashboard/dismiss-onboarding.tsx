"use client";

import { X } from "lucide-react";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { dismissOnboardingAction } from "./actions";

/** Hides the checklist for this reader, for good. */
export function DismissOnboarding() {
  const { run, isPending } = useAction(dismissOnboardingAction);
  return (
    <Button variant="ghost" size="sm" pending={isPending} onClick={() => run({})}>
      {isPending ? null : <X aria-hidden />}
      Hide
    </Button>
  );
}
