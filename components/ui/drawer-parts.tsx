"use client";

import { Drawer as BaseDrawer } from "@base-ui/react/drawer";
import type { DrawerProps } from "./drawer";

/** The drawer with its button, which takes the place of the button alone. */
export function FullDrawer({ open, onOpenChange, title, trigger, children }: DrawerProps) {
  return (
    <BaseDrawer.Root open={open} onOpenChange={onOpenChange} swipeDirection="left">
      <BaseDrawer.Trigger render={trigger} />
      <BaseDrawer.Portal>
        <BaseDrawer.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.02_230/0.5)] opacity-[calc(1-var(--drawer-swipe-progress))] transition-opacity duration-200 data-swiping:duration-0 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDrawer.Viewport className="fixed inset-0 z-40 flex">
          <BaseDrawer.Popup className="h-full w-72 max-w-[85vw] overflow-y-auto border-r bg-card outline-none transition-transform duration-200 [transform:translateX(var(--drawer-swipe-movement-x))] data-swiping:select-none data-ending-style:[transform:translateX(-100%)] data-starting-style:[transform:translateX(-100%)]">
            <BaseDrawer.Content className="h-full">
              <BaseDrawer.Title className="sr-only">{title}</BaseDrawer.Title>
              {children}
            </BaseDrawer.Content>
          </BaseDrawer.Popup>
        </BaseDrawer.Viewport>
      </BaseDrawer.Portal>
    </BaseDrawer.Root>
  );
}
