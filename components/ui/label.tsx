import type { ComponentProps } from "react";
import { cn } from "./cn";

/** The name of a control outside a `Field`; `htmlFor` ties the two. */
export function Label({ className, htmlFor, ...props }: ComponentProps<"label"> & { htmlFor: string }) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller passes the words and the id of the control.
  return <label {...props} htmlFor={htmlFor} className={cn("font-medium text-sm", className)} />;
}
