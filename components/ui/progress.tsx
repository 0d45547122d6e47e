import { Progress as BaseProgress } from "@base-ui/react/progress";

/** How much of a known amount is done. */
export function Progress({ label, value, max }: { label: string; value: number; max: number }) {
  return (
    <BaseProgress.Root value={value} max={max} aria-label={label} aria-valuetext={`${value} of ${max}`}>
      <BaseProgress.Track className="h-1.5 overflow-hidden rounded-full bg-muted">
        <BaseProgress.Indicator className="block bg-primary transition-[width] duration-300" />
      </BaseProgress.Track>
    </BaseProgress.Root>
  );
}
