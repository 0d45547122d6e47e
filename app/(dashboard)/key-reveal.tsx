"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useState } from "react";
import { chatSnippets } from "#components/snippets";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { SecretBlock } from "#components/ui/secret-block";
import { Tabs } from "#components/ui/tabs";

export type RevealedKey = {
  name: string;
  key: string;
  signingSecret?: string;
  /** After a rotation: for how long the old key still works. */
  graceHours?: number;
};

type KeyRevealProps = { revealed: RevealedKey; origin: string; model: string; onDone: () => void };

/** The one time a key is shown. Nothing closes it before the reader says that the key is saved. */
export function KeyReveal({ revealed, origin, model, onDone }: KeyRevealProps) {
  const [isSaved, setIsSaved] = useState(false);
  const [isShown, setIsShown] = useState(false);
  useLeaveWarning(!isSaved);

  const { name, key, signingSecret, graceHours } = revealed;
  const snippets = chatSnippets({ origin, model, apiKey: key, messages: [{ role: "user", content: "Say hello." }] });
  const secret = { isShown, onShow: () => setIsShown(true) };
  const Icon = isShown ? EyeOff : Eye;

  return (
    <Dialog
      open
      isLocked={!isSaved}
      onOpenChange={onDone}
      className="max-w-xl"
      title={`Save the key “${name}”`}
      description={explain(graceHours)}
      footer={
        <>
          <Checkbox checked={isSaved} onCheckedChange={setIsSaved} label="I saved it" className="mr-auto self-center" />
          <Button variant="primary" disabled={!isSaved} onClick={onDone}>
            Done
          </Button>
        </>
      }
    >
      <div className="grid min-w-0 gap-4">
        <div className="grid gap-1.5">
          <div className="flex items-center justify-between">
            <h3 className="font-medium">Key</h3>
            <Button variant="ghost" size="sm" aria-pressed={isShown} onClick={() => setIsShown(!isShown)}>
              <Icon aria-hidden />
              {isShown ? "Hide" : "Show"}
            </Button>
          </div>
          <SecretBlock label="API key" text={key} secrets={[key]} {...secret} />
        </div>
        {signingSecret ? (
          <div className="grid gap-1.5">
            <h3 className="font-medium">Signing secret</h3>
            <SecretBlock label="signing secret" text={signingSecret} secrets={[signingSecret]} {...secret} />
            <p className="text-muted-foreground text-xs">
              Requests with this key have to be signed with it. The examples below leave the signature out.
            </p>
          </div>
        ) : null}
        <Tabs
          label="First request"
          tabs={[
            { value: "curl", label: "curl", code: snippets.curl },
            { value: "typescript", label: "TypeScript", code: snippets.typescript },
            { value: "python", label: "Python", code: snippets.python },
            { value: "env", label: ".env", code: snippets.env },
          ].map(({ value, label, code }) => ({
            value,
            label,
            panel: <SecretBlock label={`${label} example`} text={code} secrets={[key]} {...secret} />,
          }))}
        />
      </div>
    </Dialog>
  );
}

function explain(graceHours: number | undefined): string {
  if (graceHours === undefined) return "This is the only time it is shown. Baton keeps a fingerprint, not the key.";
  if (graceHours === 0) return "This is the only time it is shown. The old key has stopped working.";
  return `This is the only time it is shown. The old key works for ${graceHours} more ${graceHours === 1 ? "hour" : "hours"}.`;
}

/** Has the browser ask before the page goes away. */
function useLeaveWarning(isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const onBeforeUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", onBeforeUnload);
    return () => window.removeEventListener("beforeunload", onBeforeUnload);
  }, [isOn]);
}
