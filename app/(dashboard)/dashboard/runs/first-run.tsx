"use client";

import { Activity } from "lucide-react";
import { chatSnippets } from "#components/snippets";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { useFreshKey } from "../../fresh-key";
import { KeyCommand } from "../apps/key-command";

/** What to do when nothing ran yet: the playground, and the same from a terminal. */
export function FirstRun() {
  const { origin, model, freshKey } = useFreshKey();
  const messages = [{ role: "user" as const, content: "Say hello." }];
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState
        icon={<Activity aria-hidden />}
        title="No runs yet"
        action={<ButtonLink href="/dashboard/playground">Open the playground</ButtonLink>}
      >
        Everything that models do for you is a run: its steps, tokens, cost and answers are kept here.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that makes a run"
        code={chatSnippets({ origin, model, messages, apiKey: freshKey }).curl}
      />
    </div>
  );
}
