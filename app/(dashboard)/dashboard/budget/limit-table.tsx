"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Progress } from "#components/ui/progress";
import { Section } from "#components/ui/section";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import type { Config } from "#lib/orchestrator/config-schema";
import { formatDollars } from "../agents/words";
import { updateConfigAction } from "./actions";
import { LimitDialog, type Subject } from "./limit-dialog";

export type Limit = Config["budgets"][number] & { name: string };

/** Daily budgets of single keys and teams, within the organization's. */
export function LimitTable({ limits, subjects }: { limits: Limit[]; subjects: Subject[] }) {
  const [asked, setAsked] = useState<Limit | "new" | null>(null);
  const removal = useAction(updateConfigAction, { onSuccess: () => toast.success("The budget is taken away.") });
  const free = subjects.filter(({ scope, id }) => !limits.some((one) => one.scope === scope && one.id === id));
  return (
    <Section
      title="Budgets of keys and teams"
      description="Each holds beside the organization's own: the first that is used up refuses."
      actions={
        <Button onClick={() => setAsked("new")} disabled={free.length === 0}>
          <Plus aria-hidden />
          Set a budget
        </Button>
      }
    >
      {limits.length === 0 ? (
        <Card className="p-4 text-muted-foreground">
          No key and no team has a budget of its own: any of them may use all of the organization's.
        </Card>
      ) : (
        <Table label="Budgets of keys and teams">
          <thead>
            <tr>
              <Th>For</Th>
              <Th>Used today</Th>
              <Th className="text-right">Held</Th>
              <Th className="text-right">A day</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {limits.map((limit) => (
              <Tr key={`${limit.scope} ${limit.id}`}>
                <Td>
                  <span className="grid min-w-0">
                    <span className="font-medium [overflow-wrap:anywhere]">{limit.name}</span>
                    <span className="text-muted-foreground text-xs">{limit.scope === "key" ? "Key" : "Team"}</span>
                  </span>
                </Td>
                <Td label="Used today" className="sm:w-1/4">
                  <span className="grid gap-1">
                    <span className="tabular-nums">{formatDollars(limit.today_spend)}</span>
                    <Progress
                      label={`Used of the budget of ${limit.name}`}
                      value={Math.min(limit.today_spend, limit.daily_budget)}
                      max={Math.max(limit.daily_budget, 0.000_001)}
                    />
                  </span>
                </Td>
                <Td label="Held" className="tabular-nums sm:text-right">
                  {formatDollars(limit.reserved)}
                </Td>
                <Td label="A day" className="tabular-nums sm:text-right">
                  {formatDollars(limit.daily_budget)}
                </Td>
                <Td>
                  <span className="flex gap-1 sm:justify-end">
                    <Button size="sm" onClick={() => setAsked(limit)}>
                      Change<span className="sr-only"> the budget of {limit.name}</span>
                    </Button>
                    <Button
                      size="sm"
                      variant="ghost"
                      disabled={removal.isPending}
                      onClick={() =>
                        removal.run({ budgets: [{ scope: limit.scope, id: limit.id, daily_budget: null }] })
                      }
                    >
                      Remove<span className="sr-only"> the budget of {limit.name}</span>
                    </Button>
                  </span>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {asked === null ? null : (
        <LimitDialog
          subjects={asked === "new" ? free : [asked]}
          daily={asked === "new" ? null : asked.daily_budget}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}
