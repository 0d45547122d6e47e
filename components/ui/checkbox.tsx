"use client";

import { Checkbox as BaseCheckbox } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

type CheckboxProps = {
  label: ReactNode;
  description?: ReactNode;
  name?: string;
  checked?: boolean;
  defaultChecked?: boolean;
  onCheckedChange?: (checked: boolean) => void;
  disabled?: boolean;
  className?: string;
};

/** A yes-or-no choice; the whole line is its label. */
export function Checkbox({ label, description, className, ...props }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's, which renders its own input.
    <label
      className={cn(
        "grid cursor-pointer grid-cols-[1rem_minmax(0,1fr)] gap-x-2.5 has-data-disabled:opacity-60",
        className,
      )}
    >
      <BaseCheckbox.Root
        {...props}
        className="mt-0.5 flex size-4 items-center justify-center rounded-sm border border-input bg-card data-checked:border-primary data-checked:bg-primary"
      >
        <BaseCheckbox.Indicator className="text-primary-foreground">
          <Check aria-hidden className="size-3" strokeWidth={3} />
        </BaseCheckbox.Indicator>
      </BaseCheckbox.Root>
      <span className="text-sm">{label}</span>
      {description ? <span className="col-start-2 text-muted-foreground text-xs">{description}</span> : null}
    </label>
  );
}
