"use client";

import { type ComponentProps, cloneElement, type ReactElement, type ReactNode } from "react";
import type { Button } from "./button";
import { fetchAhead, onDemand, useOnDemand } from "./on-demand";

// Only small screens have one, and only once it is opened.
const parts = onDemand(() => import("./drawer-parts"));

export type DrawerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Named for assistive technology; not shown. */
  title: string;
  trigger: ReactElement<ComponentProps<typeof Button>>;
  children: ReactNode;
};

/** A panel from the left edge that a swipe, Esc or a press outside closes: the navigation of small screens. */
export function Drawer(props: DrawerProps) {
  const [loaded, want] = useOnDemand(parts);
  if (loaded) return <loaded.FullDrawer {...props} />;
  return cloneElement(props.trigger, {
    "aria-haspopup": "dialog",
    "aria-expanded": false,
    ...fetchAhead(parts),
    onClick: () => {
      props.onOpenChange(true);
      want();
    },
  });
}
