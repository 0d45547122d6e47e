import { agentKind } from "#lib/agents/kind";
import { orchestrationKind } from "#lib/orchestration/kind";
import type { Kind } from "#lib/runs/kind";
import type { RunKind } from "#lib/runs/schema";

/** The kinds that workers carry out and take over. Runs of the others end with the process that began them. */
const kinds: Partial<Record<RunKind, Kind>> = {
  orchestration: orchestrationKind,
  agent: agentKind,
  team: agentKind,
};

export const resumableKinds = Object.keys(kinds) as RunKind[];

/** How a kind is carried out; undefined for those that no worker takes over. */
export function findKind(kind: RunKind): Kind | undefined {
  return kinds[kind];
}
