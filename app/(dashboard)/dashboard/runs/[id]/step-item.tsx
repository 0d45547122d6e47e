"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cn } from "#components/ui/cn";

type StepItemProps = { title: ReactNode; details: ReactNode; isOpenAtFirst: boolean };

/** A step whose details show once it is pressed. Both were rendered on the server. */
export function StepItem({ title, details, isOpenAtFirst }: StepItemProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isShown = chosen ?? isOpenAtFirst;
  return (
    <>
      <button
        type="button"
        aria-expanded={isShown}
        onClick={() => setChosen(!isShown)}
        className="flex w-full items-start gap-2.5 rounded-lg px-4 py-3 -outline-offset-2 hover:bg-muted/40"
      >
        {title}
        <ChevronRight
          aria-hidden
          className={cn("mt-0.5 size-4 text-muted-foreground transition-transform", isShown && "rotate-90")}
        />
      </button>
      {isShown ? details : null}
    </>
  );
}
