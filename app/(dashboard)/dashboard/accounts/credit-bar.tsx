import { Meter } from "@base-ui/react/meter";
import { cn } from "#components/ui/cn";
import { formatNumber } from "#components/ui/format";
import { creditsFull } from "./words";

/** From here on an account is not chosen by itself. */
const lowBelow = 50;

/** What is left of an account's allowance. The number beside it says the same. */
export function CreditBar({ name, credits }: { name: string; credits: number }) {
  const max = Math.max(creditsFull, credits);
  const tone = credits === 0 ? "bg-destructive-solid" : credits < lowBelow ? "bg-warning" : "bg-primary";
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Meter.Root
        aria-label={`Credits left of ${name}`}
        value={credits}
        max={max}
        aria-valuetext={`${formatNumber(credits)} of ${formatNumber(max)}`}
        className="w-20 shrink-0"
      >
        <Meter.Track className="h-1.5 overflow-hidden rounded-full bg-muted">
          <Meter.Indicator className={cn("rounded-full", tone)} />
        </Meter.Track>
      </Meter.Root>
      <span className="tabular-nums">{formatNumber(credits)}</span>
    </span>
  );
}
