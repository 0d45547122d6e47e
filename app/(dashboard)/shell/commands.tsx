"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { CommandPalette } from "./command-palette";
import { destinationsFor } from "./navigation";
import { ShortcutSheet } from "./shortcut-sheet";
import { useSequence, useShortcut } from "./use-shortcut";

/** The keyboard's way through the dashboard: palette, sheet of shortcuts, and G followed by a page's letter. */
export function Commands({ isAdmin }: { isAdmin: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);

  useShortcut("mod+/", () => setOpen(open === "shortcuts" ? null : "shortcuts"));
  useShortcut("shift+r", router.refresh);
  useSequence("g", (letter) => {
    const destination = destinationsFor(isAdmin).find(({ key }) => key === letter);
    if (destination) router.push(destination.href);
  });

  return (
    <>
      <CommandPalette
        isAdmin={isAdmin}
        isOpen={open === "palette"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "palette" : null)}
        onShowShortcuts={() => setOpen("shortcuts")}
      />
      <ShortcutSheet
        isAdmin={isAdmin}
        isOpen={open === "shortcuts"}
        onOpenChange={(isOpen) => setOpen(isOpen ? "shortcuts" : null)}
      />
    </>
  );
}
