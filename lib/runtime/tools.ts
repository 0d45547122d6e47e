import { sendOut } from "#lib/http-out/request";
import { OutgoingError } from "#lib/http-out/target";
import type { ModelTool } from "#lib/models/model-call";
import type { DeclarativeManifest } from "#lib/packages/manifest";
import { schemaIssues } from "#lib/runtime/input-schema";

const timeoutMs = 15_000;
/** What a model is shown of an answer. */
const shownBytesMax = 32 * 1024;
/** A model that asks for more in one answer is going in circles. */
const callsMax = 20;

type DeclaredTool = NonNullable<DeclarativeManifest["tools"]>[number];
type Arguments = Record<string, unknown>;

/** What is told of each call of a tool, for the run's followers; `status` is null when there was no answer. */
export type ToolCall = { name: string; status: number | null; milliseconds: number; error: string | null };

const anything = { type: "object" };
const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
const isDotSegment = (part: string) => /^(\.|%2e){1,2}$/i.test(part);

/** The URL with its parameters filled in, and the arguments it did not use. Throws when a value would change the path. */
export function fillTemplate(template: string, given: Arguments): { url: URL; rest: Arguments } {
  const used = new Set<string>();
  const filled = template.replace(/\{([A-Za-z][A-Za-z0-9_-]*)\}/g, (_, name: string) => {
    const value = given[name];
    if (value === undefined || value === null) throw new Error(`the argument ${name} is missing`);
    used.add(name);
    return encodeURIComponent(textOf(value));
  });
  const path = filled.split(/[?#]/)[0] ?? "";
  if (path.split("/").some(isDotSegment)) throw new Error("an argument may not be a dot segment of a path");
  const url = new URL(filled);
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !used.has(name)));
  return { url, rest };
}

function requestOf({ method, url: template, headers }: DeclaredTool, given: Arguments) {
  const { url, rest } = fillTemplate(template, given);
  const sent: Record<string, string> = { accept: "application/json, text/plain, */*", "user-agent": "Baton" };
  for (const [name, value] of Object.entries(headers ?? {})) sent[name.toLowerCase()] = value;
  const names = Object.keys(rest);
  if (method === "GET" || method === "DELETE") {
    for (const name of names) url.searchParams.append(name, textOf(rest[name]));
    return { url: url.href, method, headers: sent };
  }
  sent["content-type"] ??= "application/json";
  return { url: url.href, method, headers: sent, body: JSON.stringify(rest) };
}

async function perform(tool: DeclaredTool, given: unknown, signal: AbortSignal | undefined) {
  const issues = schemaIssues(tool.parameters ?? anything, given, "arguments");
  if (issues.length > 0) throw new Error(issues.map(({ field, message }) => `${field}: ${message}`).join("; "));
  const request = requestOf(tool, given as Arguments);
  const answer = await sendOut({ ...request, timeoutMs, bodyBytesMax: shownBytesMax, ...(signal && { signal }) });
  // A body may be cut in the middle of a letter.
  const body = new TextDecoder().decode(answer.body, { stream: answer.isCut });
  return { status: answer.status, text: `HTTP ${answer.status}\n${body}${answer.isCut ? "\n[cut off]" : ""}` };
}

/**
 * The manifest's HTTP tools as a model may call them. A call that fails is told to the model in words; only an aborted run
 * ends it. `told` hears of every call.
 */
export function toolsOf(manifest: DeclarativeManifest, told: (call: ToolCall) => Promise<void>): ModelTool[] {
  let calls = 0;
  return (manifest.tools ?? []).map((tool) => ({
    name: tool.name,
    description: tool.description,
    parameters: tool.parameters ?? anything,
    async execute(given, signal) {
      calls += 1;
      if (calls > callsMax) return "Error: no more tool calls are allowed. Answer with what you have.";
      const startedAt = performance.now();
      const facts = () => ({ name: tool.name, milliseconds: Math.round(performance.now() - startedAt) });
      try {
        const { status, text } = await perform(tool, given, signal);
        await told({ ...facts(), status, error: null });
        return text;
      } catch (error) {
        signal?.throwIfAborted();
        const isOurs = error instanceof OutgoingError || error instanceof Error;
        const message = isOurs ? error.message : "the call failed";
        await told({ ...facts(), status: null, error: message });
        return `Error: ${message}`;
      }
    },
  }));
}
