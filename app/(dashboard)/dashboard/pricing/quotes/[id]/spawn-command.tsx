"use client";

import { useFreshKey } from "../../../../fresh-key";
import { KeyCommand } from "../../../apps/key-command";

/** The command that does the quoted work with an agent, at most with the quoted tokens. */
export function SpawnCommand({ quoteId, model }: { quoteId: string; model: string }) {
  const { origin, freshKey } = useFreshKey();
  const body = JSON.stringify({ model, task: "Say hello in one sentence.", quote_id: quoteId });
  const code = [
    `curl ${origin}/api/spawn \\`,
    `  -H "Authorization: Bearer ${freshKey ?? "$BATON_API_KEY"}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '${body}'`,
  ].join("\n");
  return (
    <KeyCommand title="Do the work with an agent" label="command that spawns an agent under this quote" code={code} />
  );
}
