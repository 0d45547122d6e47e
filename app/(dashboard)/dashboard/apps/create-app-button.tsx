"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { CreateAppDialog } from "./create-app-dialog";

/** Opens the form for a new app. `opensAtOnce` is for links that lead straight into it; the main one answers to Shift+N. */
export function CreateAppButton({ isMain = false, opensAtOnce = false }: { isMain?: boolean; opensAtOnce?: boolean }) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/apps");
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Create app
      </Button>
      {isOpen ? <CreateAppDialog onClose={close} /> : null}
    </>
  );
}
