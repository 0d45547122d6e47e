"use client";

import { ClipboardPaste } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ImportAccountsDialog } from "./import-accounts-dialog";

/** Opens the import of many accounts at once. */
export function ImportAccountsButton() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <ClipboardPaste aria-hidden />
        Import CSV
      </Button>
      {isOpen ? <ImportAccountsDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
