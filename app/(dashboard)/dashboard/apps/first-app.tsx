"use client";

import { Boxes } from "lucide-react";
import { createAppCommand } from "#components/app-snippets";
import { EmptyState } from "#components/ui/empty-state";
import { useFreshKey } from "../../fresh-key";
import { CreateAppButton } from "./create-app-button";
import { KeyCommand } from "./key-command";

/** What to do when there is no app: a button, and the same from a terminal. */
export function FirstApp() {
  const { origin, freshKey } = useFreshKey();
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState icon={<Boxes aria-hidden />} title="No apps yet" action={<CreateAppButton />}>
        An app is where an agent lives: its packages, its deployments, its calls and its web hooks.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that creates an app"
        code={createAppCommand({ origin, apiKey: freshKey })}
      />
    </div>
  );
}
