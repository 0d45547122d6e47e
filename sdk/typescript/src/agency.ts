import { type Agent, agentOf } from "./agent.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
import { Baton, type BatonOptions } from "./client.ts";
import type { Operations } from "./generated.ts";

export type AgencyOptions = BatonOptions;

export type Privacy = {
  detect_pii?: boolean;
  mask_pii_in_logs?: boolean;
  encrypt_output?: boolean;
  retention_days?: number;
};

export type SpawnInput = {
  task: string;
  /** Baton chooses one unless said. */
  model?: "k2p5" | "sonnet" | "opus";
  priority?: "low" | "normal" | "high";
  /** Seconds of work, 1 to 3600; 300 unless said. */
  timeout?: number;
  privacy?: Privacy;
  signal?: AbortSignal;
};

export type SpawnTeamInput = Omit<SpawnInput, "model"> & {
  /** `team_coding`, `team_creative`, `team_research`, `team_business`, or a team of your own. */
  team: string;
};

type AgentList = Operations["GET /api/agents"]["response"];
type AgentQuery = NonNullable<Operations["GET /api/agents"]["query"]>;
type Cancelled = Operations["DELETE /api/agent/{id}"]["response"];

/** Agents and teams of agents that work in the background. */
export class Agency {
  /** The client underneath, for everything else. */
  readonly baton: Baton;

  constructor(options: AgencyOptions = {}) {
    this.baton = new Baton({ circuitBreaker: new CircuitBreaker(), ...options });
  }

  /** Sets an agent to work. Throws `BatonError`. */
  async spawn({ signal, ...body }: SpawnInput): Promise<Agent> {
    const spawned = await this.baton.request("POST /api/spawn", { body, ...(signal && { signal }) });
    return agentOf(this.baton, spawned);
  }

  /** Sets a team to work under one agent id. Throws `BatonError`. */
  async spawnTeam({ signal, ...body }: SpawnTeamInput): Promise<Agent> {
    const spawned = await this.baton.request("POST /api/spawn-team", { body, ...(signal && { signal }) });
    return agentOf(this.baton, { ...spawned, model: spawned.models[0] ?? "" });
  }

  /** One page of the agents, newest first; `baton.items("GET /api/agents")` gives all of them. */
  listAgents(query: AgentQuery = {}): Promise<AgentList> {
    return this.baton.request("GET /api/agents", { query });
  }

  /** Stops an agent; the answer says how much of the estimate is given back. Throws `BatonError` (409 when it has finished). */
  cancel(agentId: string): Promise<Cancelled> {
    return this.baton.request("DELETE /api/agent/{id}", { params: { id: agentId } });
  }
}

export type { Agent, AgentResult } from "./agent.ts";
export { BatonError } from "./errors.ts";
export default Agency;
