"use client";

import { Switch as BaseSwitch } from "@base-ui/react/switch";
import type { ReactNode } from "react";

type SwitchProps = {
  label: ReactNode;
  description?: ReactNode;
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
};

/** A setting that is on or off; the whole line is its label. */
export function Switch({ label, description, ...props }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control inside is Base UI's, which renders its own input.
    <label className="flex cursor-pointer items-start justify-between gap-4">
      <span className="grid gap-0.5">
        <span className="text-sm">{label}</span>
        {description ? <span className="text-muted-foreground text-xs">{description}</span> : null}
      </span>
      <BaseSwitch.Root
        {...props}
        className="mt-0.5 flex h-5 w-9 shrink-0 rounded-full border border-input bg-muted p-0.5 transition-colors data-checked:border-primary data-checked:bg-primary"
      >
        <BaseSwitch.Thumb className="size-3.5 rounded-full bg-muted-foreground transition-transform data-checked:translate-x-4 data-checked:bg-primary-foreground" />
      </BaseSwitch.Root>
    </label>
  );
}
