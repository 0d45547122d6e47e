import type { Tone } from "#components/ui/badge";
import type { Orchestration, Session, Thread } from "#lib/orchestration/schema";

export const sessionWords: Record<Session["status"], { tone: Tone; label: string }> = {
  active: { tone: "success", label: "Active" },
  paused: { tone: "warning", label: "Paused" },
  completed: { tone: "neutral", label: "Completed" },
  cancelled: { tone: "neutral", label: "Cancelled" },
};

export const threadWords: Record<Thread["status"], { tone: Tone; label: string }> = {
  open: { tone: "neutral", label: "Open" },
  processing: { tone: "accent", label: "At work" },
  completed: { tone: "success", label: "Completed" },
  failed: { tone: "danger", label: "Failed" },
};

export const stopWords: Record<NonNullable<Orchestration["stop_reason"]>, string> = {
  threshold: "Good enough",
  max_iterations: "All rounds used",
  cost_limit: "Cost limit reached",
  error: "An error",
};

/** Completed and cancelled sessions stay so. */
export const isFinal = (status: Session["status"]) => status === "completed" || status === "cancelled";

/** A time of this family, UTC without a zone, as every other page has it. */
export const zoned = (naive: string) => `${naive.slice(0, 23)}Z`;

const dollarWords = new Intl.NumberFormat("en-US", {
  style: "currency",
  currency: "USD",
  minimumFractionDigits: 2,
  maximumFractionDigits: 6,
});
export const formatDollars = (dollars: number) => dollarWords.format(dollars);
