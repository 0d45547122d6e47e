"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useState } from "react";
import { Kbd } from "#components/ui/kbd";
import { takeTyped } from "./typed-ahead";
import { type Command, useCommands } from "./use-commands";

type CommandPaletteProps = {
  isAdmin: boolean;
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  onShowShortcuts: () => void;
};

/** Every page and action by name, on Mod+K. */
export function CommandPalette({ isAdmin, isOpen, onOpenChange, onShowShortcuts }: CommandPaletteProps) {
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.02_230/0.5)] transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[12vh]">
          <BaseDialog.Popup
            aria-label="Command palette"
            className="w-full max-w-lg overflow-hidden rounded-xl border bg-popover shadow-pop outline-none"
          >
            <CommandList isAdmin={isAdmin} onShowShortcuts={onShowShortcuts} onClose={() => onOpenChange(false)} />
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

type CommandListProps = { isAdmin: boolean; onShowShortcuts: () => void; onClose: () => void };

function CommandList({ isAdmin, onShowShortcuts, onClose }: CommandListProps) {
  const groups = useCommands(isAdmin, onShowShortcuts);
  const [text, setText] = useState("");

  function run(command: Command) {
    onClose();
    command.run();
  }
  /** What was typed before this field was there counts as typed into it. */
  function catchUp() {
    const typed = takeTyped();
    const wanted = typed.text.toLowerCase();
    const first = groups.flatMap(({ items }) => items).find(({ label }) => label.toLowerCase().includes(wanted));
    if (typed.isEntered && first) run(first);
    else if (typed.text) setText(text + typed.text);
  }
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      value={text}
      onValueChange={setText}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b px-3.5">
        <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <Autocomplete.Input
          aria-label="Search pages and actions"
          placeholder="Where to, or what to do?"
          onFocus={catchUp}
          className="h-11 w-full bg-transparent text-sm outline-none placeholder:text-muted-foreground pointer-coarse:text-base"
        />
        <BaseDialog.Close className="sr-only">Close command palette</BaseDialog.Close>
      </div>
      <Autocomplete.Empty>
        <p className="px-3.5 py-6 text-muted-foreground">Nothing has that name.</p>
      </Autocomplete.Empty>
      <Autocomplete.List className="max-h-[50vh] overflow-y-auto p-1.5 empty:hidden">
        {(group: (typeof groups)[number]) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="px-2 py-1.5 text-muted-foreground text-xs">
              {group.value}
            </Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.value}
                  value={command}
                  onClick={() => run(command)}
                  className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 outline-none data-highlighted:bg-accent data-highlighted:text-accent-foreground [&_svg]:size-4"
                >
                  {command.icon}
                  <span className="flex-1 truncate">{command.label}</span>
                  {command.keys ? <Kbd>{command.keys}</Kbd> : null}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}
