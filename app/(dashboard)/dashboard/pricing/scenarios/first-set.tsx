"use client";

import { Layers } from "lucide-react";
import { EmptyState } from "#components/ui/empty-state";
import { useFreshKey } from "../../../fresh-key";
import { KeyCommand } from "../../apps/key-command";
import { CreateSetButton } from "./create-set-button";

const body = {
  name: "Proposal for Example Ltd",
  scenarios: [
    { model: "sonnet", estimated_input: 200_000, estimated_output: 40_000, complexity: "medium" },
    { model: "k2p5", estimated_input: 500_000, estimated_output: 90_000, complexity: "low", segment: "startup" },
  ],
};

/** What to do when there is no set yet: the form, and the same from a terminal. */
export function FirstSet() {
  const { origin, freshKey } = useFreshKey();
  const code = [
    `curl ${origin}/api/pricing/scenario-sets \\`,
    `  -H "Authorization: Bearer ${freshKey ?? "$BATON_API_KEY"}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");
  return (
    <div className="grid grid-cols-1 gap-4">
      <EmptyState icon={<Layers aria-hidden />} title="No scenario sets yet" level={3} action={<CreateSetButton />}>
        Keep the requests of a proposal under a name and see what they come to, also after prices or the policy changed.
      </EmptyState>
      <KeyCommand
        title="Or from a terminal"
        label="command that keeps a scenario set"
        code={code}
        scope="Read credits and usage"
      />
    </div>
  );
}
