"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { AddKeyDialog } from "./add-key-dialog";

type AddKeyButtonProps = { isMain?: boolean; opensAtOnce?: boolean };

/** Opens the form for a provider's key. The page's main button answers to Shift+N. */
export function AddKeyButton({ isMain = false, opensAtOnce = false }: AddKeyButtonProps) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/models");
  }

  return (
    <>
      <Button variant={isMain ? "primary" : "secondary"} onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Add provider key
      </Button>
      {isOpen ? <AddKeyDialog onClose={close} /> : null}
    </>
  );
}
