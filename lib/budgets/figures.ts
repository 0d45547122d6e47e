import { quotient } from "#lib/pricing/decimal";

/** $50 of model spend per organization and UTC day, unless it set another budget (contract A2). */
export const defaultDailyMicros = 50_000_000;

export const levels = ["ok", "notice", "warning", "critical"] as const;
export type Level = (typeof levels)[number];

/** Percent of the budget from which on each level holds. */
const thresholds: readonly [Exclude<Level, "ok">, number][] = [
  ["critical", 90],
  ["warning", 70],
  ["notice", 50],
];

/** A day's budget, all in micro-dollars. `simulated` is the part of `spent` that no provider asks. */
export type Budget = { daily: number; spent: number; simulated: number; reserved: number };

/** What is left of the budget, never below 0; what agents under way hold is not taken off. */
export const remainingOf = ({ daily, spent }: Budget) => Math.max(0, daily - spent);

/** What a new call may still hold. */
export const availableOf = ({ daily, spent, reserved }: Budget) => Math.max(0, daily - spent - reserved);

/** Percent of the budget, two decimals; of no budget at all any spend is 100 %. */
export function utilizationOf({ daily, spent }: Budget): number {
  if (daily === 0) return spent === 0 ? 0 : 100;
  return quotient(spent * 100, daily, 2);
}

/** The highest level whose share is reached: exact, not by the rounded percentage. */
export function levelOf({ daily, spent }: Budget): Level {
  if (daily === 0) return spent === 0 ? "ok" : "critical";
  return thresholds.find(([, percent]) => spent * 100 >= daily * percent)?.[0] ?? "ok";
}

/** The levels that are reached, and those below them: each is announced once a day. */
export function levelsReached(budget: Budget): Level[] {
  return levels.slice(1, levels.indexOf(levelOf(budget)) + 1);
}

/** Whole seconds until the next midnight UTC, at least 1. */
export function secondsToMidnight(now = Date.now()): number {
  const dayMs = 86_400_000;
  return Math.max(1, Math.ceil((dayMs - (now % dayMs)) / 1_000));
}
