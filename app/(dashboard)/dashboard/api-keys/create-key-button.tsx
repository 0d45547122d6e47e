"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { CreateKeyDialog } from "./create-key-dialog";

type CreateKeyButtonProps = {
  /** The page's main button answers to Shift+N. */
  isMain?: boolean;
  label?: string;
  variant?: "primary" | "secondary";
  size?: "sm" | "md";
  opensAtOnce?: boolean;
};

/** Opens the form for a new key. `opensAtOnce` is for links that lead straight into it. */
export function CreateKeyButton({
  label = "Create key",
  variant = "primary",
  size = "md",
  opensAtOnce = false,
  isMain = false,
}: CreateKeyButtonProps) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/api-keys");
  }

  return (
    <>
      <Button variant={variant} size={size} onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        {label}
      </Button>
      {isOpen ? <CreateKeyDialog onClose={close} /> : null}
    </>
  );
}
