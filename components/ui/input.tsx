import { Input as BaseInput } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { cn } from "./cn";

export const controlClass = cn(
  "w-full min-w-0 rounded-md border border-input bg-card px-2.5 text-foreground text-sm placeholder:text-muted-foreground",
  "hover:border-foreground/50 focus-visible:outline-offset-0 data-invalid:border-destructive",
  // Smaller text would make a phone zoom into the field.
  "disabled:cursor-not-allowed disabled:opacity-60 pointer-coarse:text-base",
);

type InputProps = Omit<ComponentProps<typeof BaseInput>, "className"> & { className?: string };

/** A line of text. Inside a `Field` it takes its name, label and error from there. */
export function Input({ className, ...props }: InputProps) {
  return <BaseInput {...props} className={cn(controlClass, "h-8.5 pointer-coarse:h-10", className)} />;
}

/** Several lines of text. It grows with what is typed, up to the `max-h` of its class. */
export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea {...props} className={cn(controlClass, "field-sizing-content min-h-16 py-2 leading-5", className)} />
  );
}
