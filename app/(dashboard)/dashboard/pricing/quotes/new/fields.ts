import type { Quote } from "#lib/pricing/quotes/schema";

/** What stands in the fields of the builder, as text: it may be half typed. */
export type BuilderFields = {
  model: string;
  complexity: string;
  delivery_type: string;
  estimated_input: string;
  estimated_output: string;
  segment: Quote["segment"];
  /** The kind of runs that the interval is made of. */
  task_type: string;
};

export const initialFields: BuilderFields = {
  model: "sonnet",
  complexity: "medium",
  delivery_type: "task",
  estimated_input: "20000",
  estimated_output: "10000",
  segment: "mid_market",
  task_type: "agent",
};

export type Problems = Record<string, string>;

/** The address of the builder with these fields. What is as on a first visit is left out. */
export function builderHref(fields: Partial<BuilderFields>): string {
  const changed = Object.entries(fields).filter(
    ([name, value]) => initialFields[name as keyof BuilderFields] !== value,
  );
  const text = new URLSearchParams(changed).toString();
  return `/dashboard/pricing/quotes/new${text ? `?${text}` : ""}`;
}
