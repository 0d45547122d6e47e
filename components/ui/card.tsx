import type { ComponentProps } from "react";
import { cn } from "./cn";

/** A raised area that groups what belongs together. */
export function Card({ className, ...props }: ComponentProps<"div">) {
  return <div {...props} className={cn("rounded-lg border bg-card", className)} />;
}
