"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { SecretBlock } from "#components/ui/secret-block";

type SecretDialogProps = { title: string; secret: string; children?: ReactNode; onDone: () => void };

/** The one time a secret is shown. Nothing closes it before the reader says that it is saved. */
export function SecretDialog({ title, secret, children, onDone }: SecretDialogProps) {
  const [isSaved, setIsSaved] = useState(false);
  const [isShown, setIsShown] = useState(false);
  return (
    <Dialog
      open
      isLocked={!isSaved}
      onOpenChange={onDone}
      className="max-w-lg"
      title={title}
      description="This is the only time it is shown. Baton keeps it sealed."
      footer={
        <>
          <Checkbox checked={isSaved} onCheckedChange={setIsSaved} label="I saved it" className="mr-auto self-center" />
          <Button variant="primary" disabled={!isSaved} onClick={onDone}>
            Done
          </Button>
        </>
      }
    >
      <div className="grid min-w-0 gap-3">
        <SecretBlock
          label="secret"
          text={secret}
          secrets={[secret]}
          isShown={isShown}
          onShow={() => setIsShown(true)}
        />
        <Button size="sm" aria-pressed={isShown} onClick={() => setIsShown(!isShown)} className="justify-self-start">
          {isShown ? "Hide" : "Show"}
        </Button>
        {children}
      </div>
    </Dialog>
  );
}
