import { readFile } from "node:fs/promises";
import type { Baton } from "../../client.ts";
import type { Schemas } from "../../generated.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { Failure, misused } from "../failure.ts";
import { findApp } from "../lookup.ts";
import { clean } from "../output.ts";
import { runLine } from "../run-events.ts";

async function inputOf({ terminal }: Cli, given: string): Promise<unknown> {
  const text =
    given === "-"
      ? await terminal.read()
      : given.startsWith("@")
        ? await readFile(given.slice(1), "utf8").catch((error: Error) => {
            throw misused(`--input: ${error.message}`);
          })
        : given;
  try {
    return JSON.parse(text);
  } catch {
    throw misused("--input is not JSON", `Quote it: --input '{"name":"Ada"}', a text as '"Ada"', a file as @file.`);
  }
}

type Body = Schemas["Invoke"];

/** Prints the call's events and at its end the output. Throws when the call failed. */
async function stream(cli: Cli, baton: Baton, id: string, body: Body): Promise<void> {
  const call = { params: { id }, body, signal: cli.signal };
  for await (const { event, data } of baton.events("POST /api/agent-apps/{id}/invoke", call)) {
    if (cli.out.isJson) cli.out.record({ event, data });
    if (event === "error") throw new Failure(`The call failed: ${data.error ?? data.code} (${data.code})`);
    if (event === "result") {
      if (!cli.out.isJson) cli.out.line(clean(String(data.output)));
      return;
    }
    cli.out.note(runLine(cli.out, event, data));
  }
  throw new Failure("The stream ended before the call did");
}

export const invoke = command({
  name: "invoke",
  summary: "Call an agent app",
  args: { app: { summary: "The app's id or name" } },
  options: {
    input: {
      type: "string",
      short: "i",
      value: "json|@file|-",
      summary: "The input: JSON, a file, or standard input ({})",
    },
    stream: { type: "boolean", summary: "Print the run's events as they happen" },
    queued: { type: "boolean", summary: "Do not wait: print the run's id" },
    quote: { type: "string", value: "id", summary: "The quote under which the work is sold" },
  },
  details: "With --json and --stream each event is a line {event, data}; the last is result or error.",
  examples: [
    `baton invoke Greeter --input '{"name":"Ada"}'`,
    "baton invoke Greeter --input @input.json --json | jq .output",
  ],
  async run(cli, { args, options }) {
    if (options.stream && options.queued) throw misused("Give either --stream or --queued");
    const input = await inputOf(cli, options.input ?? "{}");
    const baton = await cli.baton();
    const { id } = await findApp(baton, args.app);
    const body: Body = { input, ...(options.quote && { quote_id: options.quote }) };
    if (options.stream) return stream(cli, baton, id, body);
    const sent: Body = options.queued ? { ...body, mode: "queued" } : body;
    // As long as a call may take, and a little more.
    const call = { params: { id }, body: sent, timeoutMs: 300_000 };
    const answer = await baton.request("POST /api/agent-apps/{id}/invoke", call);
    if (!("output" in answer)) return cli.out.result(answer, () => answer.run_id);
    cli.out.result(answer, () => clean(answer.output));
    const facts = [`version ${answer.package_version}`, `${answer.credits_used} credits`, `run ${answer.run_id}`];
    cli.out.note(cli.out.paintNote("dim", [...facts, answer.simulated && "simulated"].filter(Boolean).join(", ")));
  },
});
