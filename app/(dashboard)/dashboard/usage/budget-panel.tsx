import { Check } from "lucide-react";
import { Gauge } from "#components/charts/gauge";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import type { Budget } from "#lib/usage/budget/schema";
import { BudgetForm } from "./budget-form";

const shares = [50, 80, 100];

/** The monthly budget: what is used of it, which alerts were raised, and the form that changes it. */
export function BudgetPanel({ budget, isAdmin }: { budget: Budget; isAdmin: boolean }) {
  const { monthlyCredits, creditsUsed, percentUsed, alerts } = budget;
  const month = new Date(`${budget.month}-01T00:00:00Z`).toLocaleString("en-US", {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (
    <Section
      title="Monthly budget"
      description="Alerts owners at 50, 80 and 100 %, once a month each. It stops nothing: what cannot be overspent is the balance."
    >
      <Card className="grid grid-cols-1 gap-5 p-4 lg:grid-cols-2">
        <div className="grid content-start gap-3">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <span>
              <strong className="font-semibold text-xl tabular-nums">{formatNumber(creditsUsed)}</strong>{" "}
              {monthlyCredits === null
                ? `credits used in ${month}`
                : `of ${formatNumber(monthlyCredits)} credits used in ${month}`}
            </span>
            {percentUsed === null ? null : (
              <span className="font-medium tabular-nums">{formatNumber(percentUsed)} %</span>
            )}
          </p>
          {monthlyCredits === null ? (
            <p className="text-muted-foreground">No budget is set, so nobody is alerted.</p>
          ) : (
            <>
              <Gauge
                label="Monthly budget"
                value={creditsUsed}
                max={monthlyCredits}
                text={`${formatNumber(creditsUsed)} of ${formatNumber(monthlyCredits)} credits`}
                marks={shares}
              />
              <ul className="grid gap-1 text-xs" aria-label="Alerts of this month">
                {shares.map((share) => (
                  <Alerted
                    key={share}
                    share={share}
                    isReached={(percentUsed ?? 0) >= share}
                    alert={alerts.find(({ percent }) => percent === share)}
                  />
                ))}
              </ul>
            </>
          )}
        </div>
        <BudgetForm key={monthlyCredits} monthlyCredits={monthlyCredits} isEditable={isAdmin} />
      </Card>
    </Section>
  );
}

type AlertedProps = { share: number; isReached: boolean; alert: Budget["alerts"][number] | undefined };

function Alerted({ share, isReached, alert }: AlertedProps) {
  if (!alert)
    return (
      <li className="pl-5 text-muted-foreground">
        {share} % {isReached ? "reached, the alert is on its way" : "not reached"}
      </li>
    );
  return (
    <li className="flex flex-wrap items-center gap-x-1.5">
      <Check aria-hidden className="size-3.5 text-warning" />
      <span>
        <span className="font-medium">{share} % reached</span> with {formatNumber(alert.creditsUsed)} of{" "}
        {formatNumber(alert.monthlyCredits)} credits, <RelativeTime value={alert.timestamp} />
      </span>
    </li>
  );
}
