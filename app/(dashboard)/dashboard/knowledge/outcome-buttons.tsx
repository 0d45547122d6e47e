"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { updateKnowledgeAction } from "./actions";

/** Says that an entry was used, and how that ended: what works comes first in lists and searches. */
export function OutcomeButtons({ id, title }: { id: number; title: string }) {
  const { run, isPending } = useAction(updateKnowledgeAction, {
    onSuccess: ({ usage_count: uses, success_rate: rate }) =>
      toast.success(`Counted: used ${uses} times, worked in ${Math.round(rate * 100)} %.`),
  });
  return (
    <span className="flex flex-wrap gap-1.5">
      <Button
        size="sm"
        disabled={isPending}
        onClick={() => run({ id, used: true, success: true })}
        aria-label={`“${title}” worked`}
      >
        <ThumbsUp aria-hidden />
        Worked
      </Button>
      <Button
        size="sm"
        disabled={isPending}
        onClick={() => run({ id, used: true, success: false })}
        aria-label={`“${title}” did not work`}
      >
        <ThumbsDown aria-hidden />
        Did not
      </Button>
    </span>
  );
}
