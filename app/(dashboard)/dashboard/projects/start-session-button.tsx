"use client";

import { Play } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { StartSessionDialog } from "./start-session-dialog";

type StartSessionButtonProps = { projectId: number; isMain?: boolean; accountId?: number; label?: string };

/** Opens the form for a new session. The page's main button answers to Shift+N. */
export function StartSessionButton({ projectId, isMain = false, accountId, label }: StartSessionButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Play aria-hidden />
        {label ?? "Start session"}
      </Button>
      {isOpen ? (
        <StartSessionDialog projectId={projectId} accountId={accountId} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}
