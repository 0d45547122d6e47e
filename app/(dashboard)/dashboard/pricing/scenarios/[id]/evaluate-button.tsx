"use client";

import { Calculator } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { formatNumber } from "#components/ui/format";
import { useAction } from "#components/use-action";
import { evaluateSetAction } from "../actions";

/** Prices the set under the policy in force and stores a quote for each scenario. */
export function EvaluateButton({ setId, count }: { setId: string; count: number }) {
  const router = useRouter();
  const { run, isPending } = useAction(evaluateSetAction, {
    onSuccess: ({ scenario_count }) => {
      toast.success(`${formatNumber(scenario_count)} quote${scenario_count === 1 ? " is" : "s are"} stored.`);
      router.push("/dashboard/pricing?source=scenario");
    },
  });
  return (
    <Button variant="primary" pending={isPending} onClick={() => run({ scenario_set_id: setId })}>
      {isPending ? null : <Calculator aria-hidden />}
      Evaluate into {formatNumber(count)} quote{count === 1 ? "" : "s"}
    </Button>
  );
}
