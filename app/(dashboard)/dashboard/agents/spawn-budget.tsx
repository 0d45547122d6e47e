import { Alert } from "#components/ui/alert";
import { Checkbox } from "#components/ui/checkbox";
import { formatMicros } from "#components/ui/format";
import { Progress } from "#components/ui/progress";
import type { Budget } from "#lib/budgets/figures";

/** From this estimate on, and from this share of what today leaves, a spawn is confirmed first. */
const confirmFromMicros = 500_000;
const confirmFromShare = 0.25;

/** What a new spawn may still hold today. */
const availableOf = ({ daily, spent, reserved }: Budget) => Math.max(0, daily - spent - reserved);

export const isCovered = (estimate: number, budget: Budget) => estimate <= availableOf(budget);

/** Whether an estimate is large enough to be confirmed. */
export const needsConsent = (estimate: number, budget: Budget) =>
  estimate >= confirmFromMicros || estimate > availableOf(budget) * confirmFromShare;

type SpawnBudgetProps = {
  estimate: number;
  budget: Budget;
  hasConsent: boolean;
  onConsent: (hasConsent: boolean) => void;
};

/** What a spawn is expected to cost, what it leaves of the day's budget, and the question when that is much. */
export function SpawnBudget({ estimate, budget, hasConsent, onConsent }: SpawnBudgetProps) {
  const available = availableOf(budget);
  const used = budget.spent + budget.reserved;
  return (
    <section aria-label="Estimate and budget" className="grid gap-2 rounded-md border bg-muted/40 p-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="text-muted-foreground">Estimated cost</span>
        <strong className="font-semibold text-lg tabular-nums" aria-live="polite">
          {formatMicros(estimate)}
        </strong>
      </p>
      <Progress
        label="Today's budget after this spawn"
        value={Math.min(budget.daily, used + estimate)}
        max={Math.max(1, budget.daily)}
      />
      <p className="text-muted-foreground text-xs">
        {formatMicros(available)} of today's {formatMicros(budget.daily)} is free
        {budget.reserved > 0 ? `; ${formatMicros(budget.reserved)} is held for agents at work` : ""}. The estimate is
        held now; what is not spent comes back.
      </p>
      {!isCovered(estimate, budget) ? (
        <Alert tone="danger">Today's budget does not cover it. Raise the budget, or wait until midnight UTC.</Alert>
      ) : needsConsent(estimate, budget) ? (
        <Checkbox
          checked={hasConsent}
          onCheckedChange={onConsent}
          label={`Yes, spend up to ${formatMicros(estimate)} on this`}
          description="Asked from $0.50 on, or when it is more than a quarter of what is free today."
        />
      ) : null}
    </section>
  );
}
