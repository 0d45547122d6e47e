"use client";

import { FolderKanban } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state";
import { createProjectCommand } from "#components/work-desk-snippets";
import { useFreshKey } from "../../fresh-key";
import { KeyCommand } from "../apps/key-command";
import { CreateProjectButton } from "./create-project-button";

/** What to do when there is no project: a button, and the same from a terminal. */
export function FirstProject() {
  const { origin, freshKey } = useFreshKey();
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState icon={<FolderKanban aria-hidden />} title="No projects yet" action={<CreateProjectButton />}>
        A project holds what you do with your AI accounts: numbered sessions, their credits, and the briefings with
        which the next account goes on. An exported project can be imported above.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that creates a project"
        code={createProjectCommand({ origin, apiKey: freshKey })}
      />
    </div>
  );
}
