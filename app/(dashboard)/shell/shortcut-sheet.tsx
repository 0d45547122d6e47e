"use client";

import { Dialog } from "#components/ui/dialog";
import { Kbd } from "#components/ui/kbd";
import { ModKey } from "#components/ui/mod-key";
import { destinationsFor } from "./navigation";

type ShortcutSheetProps = { isAdmin: boolean; isOpen: boolean; onOpenChange: (open: boolean) => void };

/** All keyboard shortcuts, on Mod+/. */
export function ShortcutSheet({ isAdmin, isOpen, onOpenChange }: ShortcutSheetProps) {
  const rows = [
    { label: "Command palette", keys: <ModKey then="K" /> },
    { label: "This list", keys: <ModKey then="/" /> },
    { label: "Send in the playground", keys: <ModKey then="Enter" /> },
    { label: "Save settings", keys: <ModKey then="S" /> },
    { label: "New key, app, invitation, web hook or provider key", keys: <ShiftKey then="N" /> },
    { label: "Search in the list", keys: <ShiftKey then="F" /> },
    {
      label: "Clear the filters of a list",
      keys: (
        <span className="inline-flex items-center gap-1 text-muted-foreground text-xs">
          <Kbd>F</Kbd> then <Kbd>C</Kbd>
        </span>
      ),
    },
    { label: "Load the page's data again", keys: <ShiftKey then="R" /> },
    ...destinationsFor(isAdmin).map(({ label, key }) => ({
      label: `Go to ${label}`,
      keys: (
        <span className="inline-flex items-center gap-1 text-muted-foreground text-xs">
          <Kbd>G</Kbd> then <Kbd>{key.toUpperCase()}</Kbd>
        </span>
      ),
    })),
  ];
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="grid gap-2">
        {rows.map(({ label, keys }) => (
          <div key={label} className="flex items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd>{keys}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

function ShiftKey({ then }: { then: string }) {
  return (
    <span className="inline-flex gap-1">
      <Kbd>Shift</Kbd>
      <Kbd>{then}</Kbd>
    </span>
  );
}
