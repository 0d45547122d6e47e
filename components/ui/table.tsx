import type { ComponentProps, ReactNode } from "react";
import { cn } from "./cn";

/** A real table that scrolls in its own region when wide, and turns each row into a card below 640 px. */
export function Table({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section aria-label={label} tabIndex={0} className="overflow-x-auto rounded-lg border bg-card">
      <table className={cn("data-table w-full border-collapse text-left text-sm", className)}>
        <caption className="sr-only">{label}</caption>
        {children}
      </table>
    </section>
  );
}

/** The head of a column. */
export function Th({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...props}
      className={cn(
        "whitespace-nowrap border-b bg-muted/40 px-4 py-2 font-medium text-muted-foreground text-xs",
        className,
      )}
    />
  );
}

/** A row; on small screens a card. */
export function Tr({ className, ...props }: ComponentProps<"tr">) {
  return <tr {...props} className={cn("border-b last:border-b-0 hover:bg-muted/40", className)} />;
}

/** A cell. `label` names its column on small screens, where the head is hidden. */
export function Td({ label, className, ...props }: ComponentProps<"td"> & { label?: string }) {
  return <td {...props} data-label={label} className={cn("px-4 py-2.5 align-middle", className)} />;
}
