import { BatchInput, type Quote } from "#lib/pricing/quotes/schema";
import { single } from "../../../../../search-params";
import { segmentWords } from "../../words";
import { type BuilderFields, initialFields, type Problems } from "./fields";

const tokens = "A whole number from 0 to 100,000,000";
const messages: Record<string, string> = { estimated_input: tokens, estimated_output: tokens };

const isSegment = (text: string): text is Quote["segment"] => text in segmentWords;

/** What the address asks for; what it does not name is as on a first visit. */
export function readFields(params: Record<string, string | string[] | undefined>): BuilderFields {
  const text = (name: keyof BuilderFields) => (params[name] === undefined ? initialFields[name] : single(params[name]));
  const segment = text("segment");
  return {
    model: text("model"),
    complexity: text("complexity"),
    delivery_type: text("delivery_type"),
    estimated_input: text("estimated_input"),
    estimated_output: text("estimated_output"),
    segment: isSegment(segment) ? segment : initialFields.segment,
    task_type: text("task_type").trim().slice(0, 100) || initialFields.task_type,
  };
}

/** The fields as the desk takes them, or what is wrong with each. */
export function parseFields(fields: BuilderFields): { input: BatchInput } | { problems: Problems } {
  const parsed = BatchInput.safeParse(fields);
  if (parsed.success) return { input: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join(".");
    return [name, messages[name] ?? message];
  });
  return { problems: Object.fromEntries(problems) };
}
