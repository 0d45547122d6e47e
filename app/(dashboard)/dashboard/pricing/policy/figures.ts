import type { PolicyVersion, UpdatePolicy } from "#lib/pricing/policy/schema";
import { complexityWords, deliveryWords, segmentWords } from "../words";

export type Figures = PolicyVersion["pricing_policy"];
type Group = "complexity_markup" | "segment_adjustments" | "margin_thresholds";
/** What stands in the fields, by the name of the figure, such as `complexity_markup.low`. */
export type Typed = Record<string, string>;

type Row = { name: string; label: string; min: number; max: number; step: number };

const rowsOf = (group: Group, words: Record<string, string>, bounds: Omit<Row, "name" | "label">): Row[] =>
  Object.entries(words).map(([key, label]) => ({ name: `${group}.${key}`, label, ...bounds }));

/** Every figure of the policy, in groups, with the bounds of its field. */
export const groups: readonly { title: string; note: string; rows: Row[] }[] = [
  {
    title: "Markup",
    note: "Times the cost, by complexity",
    rows: rowsOf("complexity_markup", complexityWords, { min: 0.01, max: 100, step: 0.01 }),
  },
  {
    title: "Adjustment",
    note: "Added to the markup, by segment",
    rows: rowsOf("segment_adjustments", segmentWords, { min: -100, max: 100, step: 0.01 }),
  },
  {
    title: "Guard-rail",
    note: "Least margin in %, by delivery",
    rows: rowsOf("margin_thresholds", deliveryWords, { min: 0, max: 99.99, step: 0.01 }),
  },
  {
    title: "Floor",
    note: "No price is lower, in $",
    rows: [{ name: "minimum_price", label: "Minimum price", min: 0.01, max: 1_000_000, step: 0.01 }],
  },
];

const labels = new Map(
  groups.flatMap(({ title, rows }) => rows.map(({ name, label }) => [name, `${title}: ${label}`])),
);

/** A figure's name in words. */
export const labelOf = (name: string): string => labels.get(name) ?? name;

/** The figures as the fields show them. */
export function textsOf(figures: Figures): Typed {
  const entries = Object.entries(figures).flatMap(([name, value]) =>
    typeof value === "number"
      ? [[name, String(value)]]
      : Object.entries(value).map(([key, one]) => [`${name}.${key}`, String(one)]),
  );
  return Object.fromEntries(entries);
}

/** Only what differs from the policy in force, as the desk takes it. */
export function changeOf(stored: Figures, typed: Typed): UpdatePolicy {
  const before = textsOf(stored);
  const isChanged = (name: string) => typed[name] !== undefined && Number(typed[name]) !== Number(before[name]);
  const change: Partial<Record<Group, Record<string, number>>> & { minimum_price?: number } = {};
  for (const name of Object.keys(before).filter(isChanged)) {
    const [group = "", key] = name.split(".");
    if (key === undefined) change.minimum_price = Number(typed[name]);
    else change[group as Group] = { ...change[group as Group], [key]: Number(typed[name]) };
  }
  return change;
}
