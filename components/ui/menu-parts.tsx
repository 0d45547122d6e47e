"use client";

import { Menu as BaseMenu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { cn } from "./cn";
import type { MenuChoiceProps, MenuItemProps, MenuProps } from "./menu";

const itemClass = cn(
  "flex w-full cursor-default items-center gap-2 rounded-sm px-2 py-1.5 text-sm outline-none data-disabled:opacity-50",
  "data-highlighted:bg-accent data-highlighted:text-accent-foreground [&_svg]:size-4 [&_svg]:shrink-0 pointer-coarse:py-2.5",
);

/** A menu that is open from the start: `Menu` puts it in the place of its button when that is pressed first. */
export function OpenMenu({ trigger, align = "end", children, className }: MenuProps) {
  return (
    <BaseMenu.Root defaultOpen>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner className="z-50 outline-none" sideOffset={6} align={align}>
          <BaseMenu.Popup
            className={cn(
              "min-w-44 max-w-(--available-width) rounded-lg border bg-popover p-1 shadow-pop outline-none",
              className,
            )}
          >
            {children}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

export function Item({ isDangerous = false, ...props }: MenuItemProps) {
  return (
    <BaseMenu.Item
      {...props}
      className={cn(
        itemClass,
        isDangerous && "text-destructive data-highlighted:bg-destructive-soft data-highlighted:text-destructive",
      )}
    />
  );
}

export function Choice<Value extends string>({ label, value, onValueChange, options }: MenuChoiceProps<Value>) {
  return (
    <BaseMenu.RadioGroup value={value} onValueChange={(next: Value) => onValueChange(next)} aria-label={label}>
      {options.map((option) => (
        <BaseMenu.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
          {option.icon}
          <span className="min-w-0 flex-1 truncate">{option.label}</span>
          <BaseMenu.RadioItemIndicator>
            <Check aria-hidden />
          </BaseMenu.RadioItemIndicator>
        </BaseMenu.RadioItem>
      ))}
    </BaseMenu.RadioGroup>
  );
}

export function Separator() {
  return <BaseMenu.Separator className="-mx-1 my-1 h-px bg-border" />;
}
