import type { ChatRequest } from "#lib/chat/schema";
import type { Candidate } from "#lib/models/service";
import type { RunStrategy } from "#lib/runs/schema";
import { debate } from "#lib/runs/strategies/debate";
import { refine } from "#lib/runs/strategies/refine";
import { single } from "#lib/runs/strategies/single";
import type { Strategy, Task } from "#lib/runs/strategies/step";
import { type Member, team } from "#lib/runs/strategies/team";

type Mode = ChatRequest["optimization_mode"];
type TeamType = Exclude<NonNullable<ChatRequest["swarm_type"]>, "coding-debate">;

export const teams: Record<TeamType, readonly Member[]> = {
  "coding-team": [
    { role: "architect", duty: "Propose the design and name the decisions that matter." },
    { role: "developer", duty: "Write the code that the design asks for." },
    { role: "reviewer", duty: "Find what is wrong or missing, and say how to fix it." },
  ],
  "research-team": [
    { role: "researcher", duty: "Collect what is known, and separate fact from guess." },
    { role: "analyst", duty: "Weigh it, draw conclusions and name what speaks against them." },
  ],
  "creative-team": [
    { role: "author", duty: "Write a first version that dares something." },
    { role: "editor", duty: "Sharpen it: cut, reorder, and keep what is alive." },
  ],
};

/** How a chat message is worked on. */
export type Route = {
  executionMode: string;
  strategy: RunStrategy;
  begin(task: Task): Strategy;
};

/** The way a message takes: by its swarm, else by its mode. */
export function routeOf({ swarm_type: swarm, optimization_mode: mode }: ChatRequest): Route {
  if (swarm === "coding-debate") return { executionMode: "debate", strategy: "debate", begin: debate };
  if (swarm) {
    const settings = { members: teams[swarm], isEvaluated: mode !== "lite" };
    return { executionMode: `swarm:${swarm}`, strategy: "team", begin: (task) => team(task, settings) };
  }
  if (mode === "lite") return { executionMode: "single", strategy: "single", begin: single };
  const settings = { roundsMax: mode === "quality" ? 3 : 1, threshold: 9 };
  return { executionMode: "single", strategy: "refine", begin: (task) => refine(task, settings) };
}

/** The candidates (given cheapest first) in the order in which the mode prefers them. */
export function preferred(cheapestFirst: Candidate[], mode: Mode): Candidate[] {
  if (mode === "lite") return cheapestFirst;
  const priced = cheapestFirst.filter(({ model }) => model.price !== null);
  const unpriced = cheapestFirst.filter(({ model }) => model.price === null);
  if (mode === "quality") return [...priced.toReversed(), ...unpriced];
  // Balanced: from the middle of the price list outwards to the cheaper ones, then the dearer ones.
  const middle = Math.floor((priced.length - 1) / 2);
  return [...priced.slice(0, middle + 1).toReversed(), ...priced.slice(middle + 1), ...unpriced];
}
