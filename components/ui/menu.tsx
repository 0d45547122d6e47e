"use client";

import type { Menu as BaseMenu } from "@base-ui/react/menu";
import { type ComponentProps, cloneElement, type ReactElement, type ReactNode } from "react";
import type { Button } from "./button";
import { fetchAhead, onDemand, useOnDemand } from "./on-demand";

// Menus and what positions them are a tenth of a page's script, and few are ever opened.
const parts = onDemand(() => import("./menu-parts"));

export type MenuProps = {
  trigger: ReactElement<ComponentProps<typeof Button>>;
  align?: "start" | "end";
  children: ReactNode;
  className?: string;
};

/** A list of actions behind a button. */
export function Menu(props: MenuProps) {
  const [loaded, want] = useOnDemand(parts);
  if (loaded) return <loaded.OpenMenu {...props} />;
  return cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    ...fetchAhead(parts),
    onClick: want,
    onKeyDown: (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      want();
    },
  });
}

export type MenuItemProps = Omit<ComponentProps<typeof BaseMenu.Item>, "className"> & { isDangerous?: boolean };

/** One action of a menu. */
export function MenuItem(props: MenuItemProps) {
  return parts.loaded ? <parts.loaded.Item {...props} /> : null;
}

export type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** A group of which one is chosen. */
export function MenuChoice<Value extends string>(props: MenuChoiceProps<Value>) {
  return parts.loaded ? <parts.loaded.Choice {...props} /> : null;
}

/** Words above or between the actions. */
export function MenuText({ children }: { children: ReactNode }) {
  return <div className="px-2 py-1.5 text-muted-foreground text-xs">{children}</div>;
}

/** A line between two groups of actions. */
export function MenuSeparator() {
  return parts.loaded ? <parts.loaded.Separator /> : null;
}
