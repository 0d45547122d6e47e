"use client";

import { Select as BaseSelect } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";
import { controlClass } from "./input";

export type Option<Value extends string> = { value: Value; label: string; detail?: ReactNode };

type SelectProps<Value extends string> = {
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly Option<Value>[];
  /** Needed where no `Field` around it names it. */
  "aria-label"?: string;
  id?: string;
  disabled?: boolean;
  className?: string;
};

/** One choice out of a short list. */
export function Select<Value extends string>({
  value,
  onValueChange,
  options,
  className,
  ...props
}: SelectProps<Value>) {
  return (
    <BaseSelect.Root
      items={[...options]}
      value={value}
      disabled={props.disabled}
      onValueChange={(next) => {
        if (next !== null) onValueChange(next);
      }}
    >
      <BaseSelect.Trigger
        id={props.id}
        aria-label={props["aria-label"]}
        className={cn(
          controlClass,
          "flex h-8.5 items-center justify-between gap-2 text-left data-disabled:opacity-60 pointer-coarse:h-10",
          className,
        )}
      >
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon className="text-muted-foreground">
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner className="z-50 outline-none" sideOffset={4} alignItemWithTrigger={false}>
          <BaseSelect.Popup className="max-h-(--available-height) min-w-(--anchor-width) max-w-(--available-width) overflow-y-auto rounded-lg border bg-popover p-1 shadow-pop outline-none">
            <BaseSelect.List>
              {options.map((option) => (
                <BaseSelect.Item
                  key={option.value}
                  value={option.value}
                  className="grid cursor-default grid-cols-[1rem_minmax(0,1fr)] gap-x-2 rounded-sm px-2 py-1.5 text-sm outline-none data-highlighted:bg-accent data-highlighted:text-accent-foreground pointer-coarse:py-2.5"
                >
                  <BaseSelect.ItemIndicator className="col-start-1 row-start-1 self-center">
                    <Check aria-hidden className="size-3.5" />
                  </BaseSelect.ItemIndicator>
                  <BaseSelect.ItemText className="col-start-2 row-start-1 truncate">{option.label}</BaseSelect.ItemText>
                  {option.detail ? (
                    <span className="col-start-2 text-muted-foreground text-xs">{option.detail}</span>
                  ) : null}
                </BaseSelect.Item>
              ))}
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  );
}
