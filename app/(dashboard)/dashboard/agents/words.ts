import type { Tone } from "#components/ui/badge";
import { formatMicros } from "#components/ui/format";
import type { AgentModel, AgentPriority, AgentStatus } from "#lib/agents/fields";

// Lists of their own: the schema's would bring all of Zod into the browser. A test holds them together.
export const statuses = ["spawning", "running", "completed", "failed", "cancelled"] as const satisfies AgentStatus[];
export const models = ["k2p5", "sonnet", "opus"] as const satisfies AgentModel[];
export const priorities = ["low", "normal", "high"] as const satisfies AgentPriority[];
export const taskCharactersMax = 2_000;

export const statusWords: Record<AgentStatus, { tone: Tone; label: string }> = {
  spawning: { tone: "neutral", label: "Spawning" },
  running: { tone: "accent", label: "Running" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

export const priorityWords: Record<AgentPriority, string> = { low: "Low", normal: "Normal", high: "High" };

export const isLive = (status: AgentStatus) => status === "spawning" || status === "running";

/** Dollars with as many digits as a small amount needs. */
export const formatDollars = (dollars: number): string =>
  dollars < 0 ? `−${formatDollars(-dollars)}` : formatMicros(Math.round(dollars * 1_000_000));

const allowanceTokens = 50_000;
const charactersPerToken = 4;

/**
 * What an agent is expected to cost in micro-dollars, as the server will hold it: `inputPrice` is in micro-dollars per
 * million tokens. A test holds the two together.
 */
export function estimateMicros(task: string, inputPrice: number): number {
  const tokens = allowanceTokens + Math.ceil([...task].length / charactersPerToken);
  return Math.round((tokens * inputPrice) / 1_000_000 / 100) * 100;
}
