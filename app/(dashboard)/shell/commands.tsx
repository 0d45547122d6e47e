"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button";
import { ModKey } from "#components/ui/mod-key";
import { fetchAhead, onDemand, useOnDemand } from "#components/ui/on-demand";
import { destinationsFor } from "./navigation";
import { collectTyping, takeTyped } from "./typed-ahead";
import { useSequence, useShortcut } from "./use-shortcut";

const palette = onDemand(() => import("./command-palette"));
const sheet = onDemand(() => import("./shortcut-sheet"));

/** The keyboard's way through the dashboard: palette, sheet of shortcuts, and G followed by a page's letter. */
export function Commands({ isAdmin }: { isAdmin: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const [loadedPalette, wantPalette] = useOnDemand(palette, close);
  const [loadedSheet, wantSheet] = useOnDemand(sheet, close);

  function close() {
    takeTyped();
    setOpen(null);
  }
  function showPalette(isOpen: boolean) {
    if (!isOpen) return close();
    collectTyping();
    wantPalette();
    setOpen("palette");
  }
  function showSheet(isOpen: boolean) {
    if (!isOpen) return close();
    wantSheet();
    setOpen("shortcuts");
  }
  useShortcut("mod+k", () => showPalette(open !== "palette"));
  useShortcut("mod+/", () => showSheet(open !== "shortcuts"));
  useShortcut("shift+r", router.refresh);
  useSequence("g", (letter) => {
    const destination = destinationsFor(isAdmin).find(({ key }) => key === letter);
    if (destination) router.push(destination.href);
  });
  useEffect(() => () => void takeTyped(), []);

  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-expanded={open === "palette"}
        className="gap-2 text-muted-foreground max-sm:size-8.5 max-sm:px-0"
        onClick={() => showPalette(true)}
        {...fetchAhead(palette)}
      >
        <Search aria-hidden />
        <span className="max-sm:sr-only">Search</span>
        <span className="max-sm:hidden">
          <ModKey then="K" />
        </span>
      </Button>
      {loadedPalette ? (
        <loadedPalette.CommandPalette
          isAdmin={isAdmin}
          isOpen={open === "palette"}
          onOpenChange={showPalette}
          onShowShortcuts={() => showSheet(true)}
        />
      ) : null}
      {loadedSheet ? (
        <loadedSheet.ShortcutSheet isAdmin={isAdmin} isOpen={open === "shortcuts"} onOpenChange={showSheet} />
      ) : null}
    </>
  );
}
