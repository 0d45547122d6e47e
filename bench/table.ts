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
