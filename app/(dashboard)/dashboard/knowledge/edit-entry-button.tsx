"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import type { KnowledgeEntry } from "#lib/knowledge/schema";
import { EntryDialog } from "./entry-dialog";

/** Opens an entry to read all of it and to change it. */
export function EditEntryButton({ entry }: { entry: KnowledgeEntry }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="ghost" size="iconSmall" aria-label={`Edit “${entry.title}”`} onClick={() => setIsOpen(true)}>
        <Pencil aria-hidden />
      </Button>
      {isOpen ? <EntryDialog stored={entry} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
