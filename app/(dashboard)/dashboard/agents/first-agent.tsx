"use client";

import { Rocket } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state";
import { useFreshKey } from "../../fresh-key";
import { KeyCommand } from "../apps/key-command";
import { SpawnButton } from "./spawn-button";
import type { SpawnFacts } from "./spawn-facts";

/** What to do when nothing was spawned yet: the form, and the same from a terminal. */
export function FirstAgent({ facts }: { facts: SpawnFacts }) {
  const { origin, freshKey } = useFreshKey();
  const code = [
    `curl ${origin}/api/spawn \\`,
    `  -H "Authorization: Bearer ${freshKey ?? "$BATON_API_KEY"}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"task": "List five ways to cut our cloud bill.", "model": "k2p5"}'`,
  ].join("\n");
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState icon={<Rocket aria-hidden />} title="No agents yet" action={<SpawnButton facts={facts} />}>
        An agent works on one task in the background, within a budget. Its result, steps and cost are kept here.
      </EmptyState>
      <KeyCommand title="Or from a terminal" label="command that spawns an agent" code={code} />
    </div>
  );
}
