import { Meter } from "@base-ui/react/meter";
import { cn } from "#components/ui/cn";

type GaugeProps = {
  label: string;
  /** Of `max`; may be more. */
  value: number;
  max: number;
  /** The same in words. */
  text: string;
  /** Shares in per cent that are marked, smallest first; from the second on the bar warns. */
  marks: readonly number[];
};

/** How much of a limit is used, with the shares at which somebody is told. The words beside it say the same. */
export function Gauge({ label, value, max, text, marks }: GaugeProps) {
  const percent = (value / max) * 100;
  const warnsAt = marks[1] ?? 100;
  const tone = percent >= 100 ? "bg-destructive-solid" : percent >= warnsAt ? "bg-warning" : "bg-primary";
  return (
    <div className="grid gap-1">
      <Meter.Root aria-label={label} value={Math.min(value, max)} max={max} aria-valuetext={text}>
        <Meter.Track className="relative h-2.5 overflow-hidden rounded-full bg-muted">
          <Meter.Indicator className={cn("rounded-full", tone)} />
          {marks
            .filter((mark) => mark < 100)
            .map((mark) => (
              <span key={mark} className="absolute inset-y-0 w-0.5 bg-card" style={{ left: `${mark}%` }} />
            ))}
        </Meter.Track>
      </Meter.Root>
      <div aria-hidden className="relative h-4 text-[0.6875rem] text-muted-foreground tabular-nums">
        {marks.map((mark) => (
          <span
            key={mark}
            className={cn(
              "absolute whitespace-nowrap leading-4",
              mark < 100 ? "-translate-x-1/2" : "-translate-x-full",
            )}
            style={{ left: `${mark}%` }}
          >
            {mark} %
          </span>
        ))}
      </div>
    </div>
  );
}
