"use client";

import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { Button } from "./button";
import { cn } from "./cn";

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, right-aligned below the body. */
  footer?: ReactNode;
  /** While true neither Esc, nor a press outside, nor a cross closes the dialog. */
  isLocked?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  className?: string;
};

/** A question or a form above the page. Controlled, because every one here closes on the outcome of an action. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  isLocked = false,
  ...props
}: DialogProps) {
  return (
    <BaseDialog.Root
      open={open}
      disablePointerDismissal={isLocked}
      onOpenChange={(next, details) => {
        if (!next && isLocked) details.cancel();
        else onOpenChange(next);
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.02_230/0.5)] transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 grid place-items-center overflow-y-auto p-3 sm:p-6">
          <BaseDialog.Popup
            initialFocus={props.initialFocus}
            className={cn(
              "relative w-full max-w-md rounded-xl border bg-popover shadow-pop outline-none transition duration-150",
              "data-ending-style:translate-y-1 data-starting-style:translate-y-1 data-ending-style:opacity-0 data-starting-style:opacity-0",
              props.className,
            )}
          >
            <header className="grid gap-1 px-5 pt-4 pr-12 pb-3">
              <BaseDialog.Title className="font-semibold text-base">{title}</BaseDialog.Title>
              {description ? (
                <BaseDialog.Description className="text-muted-foreground">{description}</BaseDialog.Description>
              ) : null}
            </header>
            <div className="px-5 pb-5">{children}</div>
            {footer ? (
              <footer className="flex flex-wrap justify-end gap-2 rounded-b-xl border-t bg-muted/50 px-5 py-3">
                {footer}
              </footer>
            ) : null}
            {/* Last in the order, so that the first field gets the focus and not the cross. */}
            {isLocked ? null : (
              <BaseDialog.Close
                aria-label="Close"
                render={<Button variant="ghost" size="iconSmall" className="absolute top-3 right-3" />}
              >
                <X aria-hidden />
              </BaseDialog.Close>
            )}
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
