import type { Tone } from "#components/ui/badge";
import type { Handoff } from "#lib/handoff/schema";
import type { Project, ProjectFile } from "#lib/projects/schema";
import type { CreditAnalysis, WorkSession } from "#lib/work-sessions/schema";

type Word = { tone: Tone; label: string };

// Lists of their own: the schemas' would bring all of Zod into the browser. The types hold them together.
export const projectWords: Record<Project["status"], Word> = {
  active: { tone: "success", label: "Active" },
  paused: { tone: "warning", label: "Paused" },
  completed: { tone: "accent", label: "Completed" },
  archived: { tone: "neutral", label: "Archived" },
};

export const sessionWords: Record<WorkSession["status"], Word> = {
  in_progress: { tone: "accent", label: "In progress" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
  handed_off: { tone: "neutral", label: "Handed off" },
};

export const typeWords: Record<WorkSession["session_type"], string> = {
  development: "Development",
  bugfix: "Bug fix",
  feature: "Feature",
  refactor: "Refactoring",
  deployment: "Deployment",
};

export const importanceWords: Record<ProjectFile["importance"], Word> = {
  critical: { tone: "danger", label: "Critical" },
  high: { tone: "warning", label: "High" },
  medium: { tone: "neutral", label: "Medium" },
  low: { tone: "neutral", label: "Low" },
};

export const scoreWords: Record<CreditAnalysis["efficiency_score"], Word> = {
  optimal: { tone: "success", label: "Optimal" },
  good: { tone: "accent", label: "Good" },
  needs_improvement: { tone: "warning", label: "Needs improvement" },
};

export const kindWords: Record<Handoff["kind"], string> = {
  compress: "Briefing",
  smart: "Compression",
  rotation: "Rotation",
};

export const levelWords: Record<NonNullable<Handoff["level"]>, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
};

/** What a session should use before it is handed over. */
export const targetCredits = { least: 85, stopFrom: 88, most: 92 };

/** The options of a select, out of the words for each value. */
export function optionsOf<Value extends string>(
  words: Record<Value, Word | string>,
): { value: Value; label: string }[] {
  return (Object.entries(words) as [Value, Word | string][]).map(([value, word]) => ({
    value,
    label: typeof word === "string" ? word : word.label,
  }));
}

/** A value out of the address, if it is one of those that have words. */
export function oneOf<Value extends string>(words: Record<Value, unknown>, text: string): Value | undefined {
  return Object.hasOwn(words, text) ? (text as Value) : undefined;
}

/** A time of the work desk, UTC without a zone, as every other page has it. */
export const zoned = (time: string) => `${time.replace(" ", "T")}Z`;

/** 95 becomes 1 h 35 min. */
export function formatMinutes(minutes: number): string {
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An id in an address, or nothing. */
export function idIn(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}
