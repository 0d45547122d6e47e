import type { Baton } from "../../client.ts";
import type { Schemas } from "../../generated.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { Failure } from "../failure.ts";
import { clean } from "../output.ts";
import { dollars, shortened } from "../words.ts";

type Orchestration = Schemas["Orchestration"];

type Wanted = {
  prompt: string;
  session?: string;
  models?: string[];
  "max-iterations"?: number;
  threshold?: number;
  candidates?: number;
  "cost-limit"?: number;
  domain?: string;
  context?: string;
  quote?: string;
  user?: string;
};

async function openSession(baton: Baton, wanted: Wanted): Promise<string> {
  const { models, "cost-limit": limit, user = "cli" } = wanted;
  const settings = { ...(models && { preferred_models: models }), ...(limit !== undefined && { cost_limit: limit }) };
  const session = await baton.request("POST /api/sessions", { body: { user_id: user, settings } });
  // The same path opens work sessions too, for another body.
  return (session as Schemas["OrchestrationSession"])._id;
}

async function start(baton: Baton, wanted: Wanted): Promise<Orchestration> {
  const { prompt, domain, context, models, threshold, candidates, quote, "max-iterations": rounds } = wanted;
  const session_id = wanted.session ?? (await openSession(baton, wanted));
  const body = { session_id, original_prompt: prompt, ...(domain && { domain }), ...(context && { context }) };
  const thread = await baton.request("POST /api/threads", { body });
  const settings = {
    ...(rounds !== undefined && { max_iterations: rounds }),
    ...(threshold !== undefined && { evaluation_threshold: threshold }),
    ...(candidates !== undefined && { candidates }),
    ...(models && { preferred_models: models }),
  };
  const more = { ...(Object.keys(settings).length > 0 && { settings }), ...(quote && { quote_id: quote }) };
  return baton.request("POST /api/orchestration/start", { body: { thread_id: thread._id, ...more } });
}

type Told = {
  type: string;
  round?: number;
  model_name?: string;
  reasoning?: string;
  tokens_used?: number;
  evaluator_model?: string;
  score?: number;
  feedback?: string;
  error?: string;
  iterations?: number;
};

function progressOf({ paintNote: paint }: Cli["out"], told: Told): string | undefined {
  const { type, round, model_name, reasoning, tokens_used, evaluator_model, score, feedback } = told;
  const place = paint("dim", `[${round ?? "–"}]`);
  if (type === "model_selected") {
    return `${place} ${paint("cyan", clean(model_name ?? ""))} ${paint("dim", shortened(clean(reasoning ?? ""), 100))}`;
  }
  if (type === "response_generated") return `${place} ${clean(model_name ?? "")} answered, ${tokens_used} tokens`;
  if (type === "evaluation_completed") {
    const mark = paint("bold", `score ${score}`);
    return `${place} ${mark} by ${clean(evaluator_model ?? "")}: ${shortened(clean(feedback ?? ""), 100)}`;
  }
  return undefined;
}

const lastEvents = ["orchestration_completed", "orchestration_failed"];

/** Tells what happens until the orchestration has ended. */
async function watch(cli: Cli, baton: Baton, { session_id, orchestration_id }: Orchestration): Promise<void> {
  const options = { params: { id: session_id }, signal: cli.signal };
  for await (const { data } of baton.events("GET /api/sessions/{id}/events", options)) {
    if (data.orchestration_id !== orchestration_id) continue;
    if (cli.out.isJson) cli.out.record(data);
    const line = progressOf(cli.out, data);
    if (line) cli.out.note(line);
    if (lastEvents.includes(data.type)) return;
  }
}

/** Stops the work on the server; it would cost more without anybody to read it. */
async function cancel(cli: Cli, baton: Baton, id: string): Promise<void> {
  const { status } = await baton.request("POST /api/orchestration/cancel/{id}", { params: { id } });
  cli.out.note(`The orchestration ${id} is ${status}.`);
}

function showEnd(cli: Cli, ended: Orchestration): void {
  const { status, error, final_response, final_score, iterations, total_cost, stop_reason } = ended;
  if (cli.out.isJson) cli.out.record({ type: "result", ...ended });
  if (status !== "completed") throw new Failure(`The orchestration is ${status}${error ? `: ${error}` : ""}`);
  const facts = [`score ${final_score ?? "–"}`, `${iterations} rounds`, dollars(total_cost), stop_reason];
  cli.out.note(cli.out.paintNote("green", `Done: ${facts.filter(Boolean).join(", ")}`));
  if (!cli.out.isJson) cli.out.line(clean(final_response ?? ""));
}

export const orchestrate = command({
  name: "orchestrate",
  summary: "Let models answer in rounds of generating and judging",
  args: { prompt: { summary: "What to answer", rest: true } },
  options: {
    watch: { type: "boolean", short: "w", summary: "Follow the rounds, then print the best answer" },
    detach: { type: "boolean", summary: "With --watch: Ctrl+C leaves the work going on" },
    models: { type: "list", summary: "Ask only these, in this order of preference" },
    "max-iterations": { type: "integer", value: "n", summary: "Rounds at most, 1 to 20" },
    threshold: { type: "number", value: "score", summary: "The score that is good enough, 0 to 10 (8)" },
    candidates: { type: "integer", value: "n", summary: "Answers in each round" },
    "cost-limit": { type: "number", value: "dollars", summary: "Of the whole session" },
    domain: { type: "string", value: "name", summary: "What it is about: coding, writing, ..." },
    context: { type: "string", value: "text", summary: "What the models should know besides" },
    session: { type: "string", value: "id", summary: "An orchestration session to do it in (a new one unless said)" },
    user: { type: "string", value: "id", summary: "Your user for whom a new session is (cli)" },
    quote: { type: "string", value: "id", summary: "The quote under which the work is sold" },
  },
  details:
    "Ctrl+C cancels the orchestration on the server. Without --watch the id is printed and the work goes on.\nWith --json each event is a line; the last has the type result.",
  examples: ['baton orchestrate "Explain tides to a child" --watch --threshold 9 --models gpt4,claude'],
  endsItself: true,
  async run(cli, { args, options }) {
    const baton = await cli.baton();
    const started = await start(baton, { ...options, prompt: args.prompt });
    const { orchestration_id: id, session_id } = started;
    if (!options.watch) {
      cli.out.note(`Started in session ${session_id}.`);
      return cli.out.result(started, () => id);
    }
    cli.out.note(`Orchestration ${id} in session ${session_id}`);
    try {
      cli.signal.throwIfAborted();
      await watch(cli, baton, started);
    } catch (error) {
      if (cli.signal.aborted) {
        if (options.detach) cli.out.note(`It goes on: baton logs ${session_id} --follow`);
        else await cancel(cli, baton, id);
      }
      throw error;
    }
    showEnd(cli, await baton.request("GET /api/orchestration/status/{id}", { params: { id } }));
  },
});
