"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { EntryDialog } from "./entry-dialog";

/** Opens the form for an entry. Answers to Shift+N. */
export function CreateEntryButton({ opensAtOnce = false }: { opensAtOnce?: boolean }) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  useShortcut("shift+n", () => setIsOpen(true));

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/knowledge");
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Add entry
      </Button>
      {isOpen ? <EntryDialog onClose={close} /> : null}
    </>
  );
}
