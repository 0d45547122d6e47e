import { Field as BaseField } from "@base-ui/react/field";
import type { ReactNode } from "react";
import { cn } from "./cn";

type FieldProps = {
  name: string;
  /** Left out where the control brings its own, as a checkbox does. */
  label?: ReactNode;
  /** Stands beside the label, such as a link. */
  aside?: ReactNode;
  description?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** A control with its label, help and error, tied together for assistive technology. Errors come from the `Form` around it. */
export function Field({ name, label, aside, description, className, children }: FieldProps) {
  return (
    <BaseField.Root name={name} className={cn("grid gap-1.5", className)}>
      {label ? (
        <div className="flex items-baseline justify-between gap-3">
          <BaseField.Label className="font-medium text-sm">{label}</BaseField.Label>
          {aside}
        </div>
      ) : null}
      {children}
      {description ? (
        <BaseField.Description className="text-muted-foreground text-xs">{description}</BaseField.Description>
      ) : null}
      <BaseField.Error className="text-destructive text-xs" />
    </BaseField.Root>
  );
}
