"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../../shell/use-shortcut";
import { CreateSetDialog } from "./create-set-dialog";

/** Opens the form for a scenario set. The page's main button answers to Shift+N. */
export function CreateSetButton({ isMain = false }: { isMain?: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });
  return (
    <>
      <Button variant={isMain ? "primary" : "secondary"} onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        New scenario set
      </Button>
      {isOpen ? <CreateSetDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
