"use client";

import { Button } from "#components/ui/button";
import { ModKey } from "#components/ui/mod-key";

/** Shows while a form differs from what is stored. */
export function SaveBar({ isPending, onDiscard }: { isPending: boolean; onDiscard: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-t pt-3">
      <span role="status" className="mr-auto flex items-center gap-1.5 text-muted-foreground">
        Not saved yet
        <span className="hidden sm:flex">
          <ModKey then="S" />
        </span>
      </span>
      <Button onClick={onDiscard} disabled={isPending}>
        Discard
      </Button>
      <Button type="submit" variant="primary" pending={isPending}>
        Save
      </Button>
    </div>
  );
}
