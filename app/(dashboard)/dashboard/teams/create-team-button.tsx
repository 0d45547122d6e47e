"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { TeamDialog } from "./team-dialog";

type CreateTeamButtonProps = { models: string[]; isMain?: boolean; opensAtOnce?: boolean };

/** Opens the form for a new team. `opensAtOnce` is for links that lead straight into it; the main one answers to Shift+N. */
export function CreateTeamButton({ models, isMain = false, opensAtOnce = false }: CreateTeamButtonProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/teams", { scroll: false });
  }

  return (
    <>
      <Button variant={isMain ? "primary" : "secondary"} onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Create team
      </Button>
      {isOpen ? <TeamDialog models={models} onClose={close} /> : null}
    </>
  );
}
