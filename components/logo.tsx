import { cn } from "#components/ui/cn";

/** The mark: a baton at the moment it changes hands, one half in the hue of the page, one in ours. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      strokeWidth="5"
      strokeLinecap="round"
      aria-hidden="true"
      className={cn("size-5", className)}
    >
      <path d="M4.5 19.5 9.2 14.8" stroke="currentColor" />
      <path d="M14.8 9.2 19.5 4.5" className="stroke-primary" />
    </svg>
  );
}

/** The mark with the name. */
export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold text-base tracking-tight", className)}>
      <Mark />
      Baton
    </span>
  );
}
