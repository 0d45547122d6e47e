/** The settings of a column as they are typed. An empty cost limit means none; no models mean any. */
export type TypedSettings = {
  models: string[];
  threshold: string;
  rounds: string;
  /** Answers that are generated at the same time in a round. */
  candidates: string;
  costLimit: string;
  /** The id of the quote that the run is sold under; empty for none. */
  quote: string;
};

export type RunSettings = {
  models: string[];
  threshold: number;
  rounds: number;
  candidates: number;
  costLimit: number | null;
  quoteId: string | null;
};

export const usualSettings: TypedSettings = {
  models: [],
  threshold: "8",
  rounds: "3",
  candidates: "1",
  costLimit: "0.50",
  quote: "",
};

export const domains = ["general", "coding", "analysis", "writing"] as const;

type Problems = Partial<Record<"threshold" | "rounds" | "candidates" | "costLimit", string>>;

function numberIn(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** Typed settings as a run takes them, or what is wrong with each. */
export function readSettings({
  models,
  quote,
  ...typed
}: TypedSettings): { ok: true; settings: RunSettings } | { ok: false; problems: Problems } {
  const threshold = numberIn(typed.threshold);
  const rounds = numberIn(typed.rounds);
  const candidates = numberIn(typed.candidates);
  const isWhole = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;
  const costLimit = typed.costLimit.trim() === "" ? null : Number(typed.costLimit);
  const problems: Problems = {
    ...(!(threshold >= 0 && threshold <= 10) && { threshold: "A number from 0 to 10" }),
    ...(!isWhole(rounds, 20) && { rounds: "A whole number from 1 to 20" }),
    ...(!isWhole(candidates, 5) && { candidates: "A whole number from 1 to 5" }),
    ...(costLimit !== null && !(costLimit > 0 && costLimit <= 1e9) && { costLimit: "More than 0, or empty for none" }),
  };
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, settings: { models, threshold, rounds, candidates, costLimit, quoteId: quote || null } };
}
