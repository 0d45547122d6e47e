"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { AccountDialog } from "./account-dialog";

type AddAccountButtonProps = { isMain?: boolean; opensAtOnce?: boolean };

/** Opens the form for an account. The page's main button answers to Shift+N. */
export function AddAccountButton({ isMain = false, opensAtOnce = false }: AddAccountButtonProps) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/accounts");
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Add account
      </Button>
      {isOpen ? <AccountDialog onClose={close} /> : null}
    </>
  );
}
