import type { Output } from "./output.ts";
import { cell } from "./output.ts";
import { shortened, when } from "./words.ts";

const ofEveryEvent = new Set(["timestamp", "type", "thread_id", "orchestration_id", "agent_app_id", "id"]);

function value(given: unknown): string {
  return shortened(cell(typeof given === "object" && given !== null ? JSON.stringify(given) : given), 100);
}

const styles = { completed: "green", failed: "red", cancelled: "yellow" } as const;

/** One event of a run, a deployment or the organization in one line: when, what, and its facts. */
export function runLine(
  { paintNote, paint, isJson }: Output,
  event: string,
  data: Record<string, unknown>,
  isResult = false,
): string {
  const brush = isResult && !isJson ? paint : paintNote;
  const end = Object.entries(styles).find(([word]) => event.endsWith(word));
  const time = typeof data.timestamp === "string" ? `${brush("dim", when(data.timestamp))}  ` : "";
  const shown = Object.entries(data).filter(([name, one]) => !ofEveryEvent.has(name) && one !== null && one !== "");
  // Ids and addresses are long, and seldom what one looks for first.
  const isReference = ([name]: [string, unknown]) => /_(id|url)$/.test(name);
  const sorted = [...shown.filter((one) => !isReference(one)), ...shown.filter(isReference)];
  const facts = sorted.map(([name, one]) => `${brush("dim", `${name}=`)}${value(one)}`).join(" ");
  return `${time}${end ? brush(end[1], cell(event)) : brush("cyan", cell(event))}${facts && `  ${facts}`}`;
}
