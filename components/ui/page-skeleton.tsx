import type { ReactNode } from "react";
import { Skeleton } from "./skeleton";

/** A page that is on its way: its title, and below it what has the size of the body. */
export function PageSkeleton({ children }: { children: ReactNode }) {
  return (
    <div role="status" aria-label="Loading" className="grid gap-6">
      <Skeleton className="h-7 w-40" />
      {children}
    </div>
  );
}

/** A table that is on its way. */
export function TableSkeleton({ rows }: { rows: number }) {
  return (
    <div className="grid gap-px overflow-hidden rounded-lg border">
      {Array.from({ length: rows + 1 }, (_, row) => row).map((row) => (
        <Skeleton key={row} className="h-11 rounded-none" />
      ))}
    </div>
  );
}
