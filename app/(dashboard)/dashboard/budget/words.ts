import type { Tone } from "#components/ui/badge";
import type { OrchestratorStatus } from "#lib/orchestrator/schema";

type Level = OrchestratorStatus["budget_alert_level"];

export const levelWords: Record<Level, { tone: Tone; label: string }> = {
  ok: { tone: "success", label: "OK" },
  notice: { tone: "accent", label: "Half is spent" },
  warning: { tone: "warning", label: "Warning" },
  critical: { tone: "danger", label: "Critical" },
};

/** Percent of the day's budget from which on the levels after OK hold. A test holds them to the server's. */
export const levelMarks = [50, 70, 90];

export const strategyWords: Record<string, string> = {
  balanced: "Balanced",
  cost_optimized: "Cost optimized",
  budget_protect: "Budget protected",
};

export const providerTitles: Record<string, string> = { anthropic: "Anthropic", "kimi-coding": "Kimi" };
