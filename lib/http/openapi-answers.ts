import { type ZodType, z } from "zod";

/** Server-Sent Events, by name, each with what its `data` holds. Comments come every 15 s in between. */
export function eventsOf(events: Record<string, string>): Record<"text/event-stream", ZodType> {
  const lines = Object.entries(events).map(([name, data]) => `* \`${name}\`: ${data}`);
  const description = `Server-Sent Events. \`data\` is JSON:\n\n${lines.join("\n")}`;
  return { "text/event-stream": z.string().meta({ description }) };
}

const runEvents = {
  "run.queued, run.started, run.resumed, run.requeued": "where the run stands",
  "step.completed": "a model's call: its name, model, tokens, cost and score",
  "tool.called": "a tool that a model used",
  "run.completed, run.failed, run.cancelled": "how it ended; the stream of a run ends with it",
};

/** The events of a run of any kind; `more` are those of its kind. Every one has a `timestamp`. */
export const runEventsOf = (more: Record<string, string> = {}) => eventsOf({ ...runEvents, ...more });

/** Bytes as they are. */
export const bytes = z.string().meta({ override: { type: "string", format: "binary" } });

/** A text that programs read line by line. */
export const text = (description: string) => z.string().meta({ description });
