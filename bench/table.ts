import type { Pair } from "./load.ts";

export type Row = { path: string; measured: string; baseline: string; ratio: string; goal: string };

/** A Markdown table of what was measured against its baseline in the same run. */
export function renderTable(rows: Row[]): string {
  const lines = rows.map(
    ({ path, measured, baseline, ratio, goal }) => `| ${path} | ${measured} | ${baseline} | ${ratio} | ${goal} |`,
  );
  return ["| Path | Measured | Baseline | Ratio | Goal |", "|---|---|---|---|---|", ...lines].join("\n");
}

export const perSecond = (value: number) => `${Math.round(value).toLocaleString("en-US")}/s`;
export const times = (value: number) => `${value.toFixed(2)} ×`;

/** A row of rates, whose ratio is that of the two. */
export const ratioRow = (path: string, { measured, base }: Pair, goal: string): Row => ({
  path,
  measured: perSecond(measured.perSecond),
  baseline: perSecond(base.perSecond),
  ratio: times(measured.perSecond / base.perSecond),
  goal,
});
