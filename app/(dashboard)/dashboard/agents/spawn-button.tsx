"use client";

import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";
import { SpawnDialog } from "./spawn-dialog";
import type { SpawnFacts } from "./spawn-facts";

type SpawnButtonProps = { facts: SpawnFacts; isMain?: boolean; opensAtOnce?: boolean };

/** Opens the form for a new agent. `opensAtOnce` is for links that lead straight into it; the main one answers to Shift+N. */
export function SpawnButton({ facts, isMain = false, opensAtOnce = false }: SpawnButtonProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/agents", { scroll: false });
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Rocket aria-hidden />
        Spawn agent
      </Button>
      {isOpen ? <SpawnDialog facts={facts} onClose={close} /> : null}
    </>
  );
}
