"use client";

import { Dialog } from "#components/ui/dialog";
import { Kbd } from "#components/ui/kbd";
import { destinationsFor } from "./navigation";

type ShortcutSheetProps = { isAdmin: boolean; isOpen: boolean; onOpenChange: (open: boolean) => void };

/** All keyboard shortcuts, on Mod+/. */
export function ShortcutSheet({ isAdmin, isOpen, onOpenChange }: ShortcutSheetProps) {
  const rows = [
    { label: "Command palette", keys: ["Ctrl or ⌘", "K"] },
    { label: "This list", keys: ["Ctrl or ⌘", "/"] },
    { label: "Send in the playground", keys: ["Ctrl or ⌘", "Enter"] },
    { label: "Save settings", keys: ["Ctrl or ⌘", "S"] },
    ...destinationsFor(isAdmin).map(({ label, key }) => ({ label: `Go to ${label}`, keys: ["G", key.toUpperCase()] })),
  ];
  return (
    <Dialog open={isOpen} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <dl className="grid gap-2">
        {rows.map(({ label, keys }) => (
          <div key={label} className="flex items-center justify-between gap-4">
            <dt>{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
