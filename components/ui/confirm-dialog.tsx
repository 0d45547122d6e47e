"use client";

import { type ReactNode, useId, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Input } from "./input";
import { Label } from "./label";

type ConfirmDialogProps = {
  title: string;
  /** What happens, in words. */
  children: ReactNode;
  /** The words of the button. */
  action: string;
  /** What has to be typed first; without it one press is enough. */
  typed?: string;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, children, action, typed, isPending, onConfirm, onClose }: ConfirmDialogProps) {
  const id = useId();
  const [text, setText] = useState("");
  const isReady = typed === undefined || text.trim() === typed.trim();

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={id} variant="danger" pending={isPending} disabled={!isReady}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={id}
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady && !isPending) onConfirm();
        }}
        className="grid gap-1.5"
      >
        {typed === undefined ? null : (
          <>
            <Label htmlFor={`${id}-typed`}>
              Type <strong className="font-semibold [overflow-wrap:anywhere]">{typed}</strong> to confirm
            </Label>
            <Input
              id={`${id}-typed`}
              value={text}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
              spellCheck={false}
            />
          </>
        )}
      </form>
    </Dialog>
  );
}
