"use client";

import { MessagesSquare } from "lucide-react";
import { createSessionCommand } from "#components/orchestration-snippets";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { useFreshKey } from "../../fresh-key";
import { KeyCommand } from "../apps/key-command";

/** What to do when there is no session: the playground, and the same from a terminal. */
export function FirstSession() {
  const { origin, freshKey } = useFreshKey();
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState
        icon={<MessagesSquare aria-hidden />}
        title="No sessions yet"
        action={<ButtonLink href="/dashboard/playground?mode=orchestrate">Start an orchestration</ButtonLink>}
      >
        A session holds what one of your users asks: threads, the orchestrations in them, and a cost limit for all.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that opens a session"
        code={createSessionCommand({ origin, apiKey: freshKey })}
      />
    </div>
  );
}
