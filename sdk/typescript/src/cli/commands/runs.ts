import { command, type Group } from "../command.ts";
import { clean, facts, type Style, table } from "../output.ts";
import { callTool } from "../tools.ts";
import { dollars, shortened, when } from "../words.ts";

type Run = {
  run_id: string;
  kind: string;
  strategy: string;
  status: string;
  model: string | null;
  output: string | null;
  score: number | null;
  error: { code: string; message: string } | null;
  input_tokens: number;
  output_tokens: number;
  cost: number | null;
  created_at: string;
  completed_at: string | null;
};
type Step = Pick<Run, "status" | "model" | "score" | "cost"> & { name: string; latency_ms: number };

const kinds = ["completion", "chat", "orchestration", "agent", "team", "invocation", "handoff"] as const;
const statuses = ["queued", "running", "completed", "failed", "cancelled"] as const;
const sorts = ["newest", "oldest", "cost", "tokens", "duration"] as const;
const colours: Record<string, Style> = { completed: "green", failed: "red", cancelled: "yellow" };

const list = command({
  name: "list",
  summary: "List runs: every prompt, chat, orchestration, agent and call of an app is one",
  options: {
    kind: { type: "string", choices: kinds, summary: "Only these" },
    status: { type: "string", choices: statuses, summary: "Only these" },
    model: { type: "string", value: "name", summary: "Only with this model" },
    from: { type: "string", value: "day", summary: "From this day on (UTC), as in 2026-01-31" },
    to: { type: "string", value: "day", summary: "Up to this day" },
    text: { type: "string", value: "words", summary: "Only those that contain it" },
    sort: { type: "string", choices: sorts, summary: "The order (newest)" },
    limit: { type: "integer", short: "n", value: "n", summary: "How many at most, 1 to 50 (20)" },
    offset: { type: "integer", value: "n", summary: "How many to leave out first" },
  },
  async run(cli, { options }) {
    const answer = await callTool<{ runs: Run[]; next_offset: number | null }>(await cli.baton(), "list_runs", options);
    cli.out.result(answer, () =>
      table(
        answer.runs,
        [
          { title: "ID", of: ({ run_id }) => run_id },
          { title: "KIND", of: ({ kind }) => kind },
          { title: "STATUS", of: ({ status }) => status, style: ({ status }) => colours[status] ?? "cyan" },
          { title: "MODEL", of: ({ model }) => model },
          { title: "SCORE", of: ({ score }) => score, isNumber: true },
          { title: "TOKENS", of: (run) => run.input_tokens + run.output_tokens, isNumber: true },
          { title: "COST", of: ({ cost }) => dollars(cost), isNumber: true },
          { title: "CREATED", of: ({ created_at }) => when(created_at) },
          { title: "OUTPUT", of: ({ output, error }) => shortened(error?.message ?? output, 40) },
        ],
        cli.out.paint,
      ),
    );
    if (answer.next_offset !== null) cli.out.note(`There are more: --offset ${answer.next_offset}`);
  },
});

const get = command({
  name: "get",
  summary: "Show a run with its model calls and its result",
  args: { id: { summary: "The run's id" } },
  async run(cli, { args: { id } }) {
    const run = await callTool<Run & { steps: Step[] }>(await cli.baton(), "get_run", { run_id: id });
    const { paint } = cli.out;
    cli.out.result(run, () => {
      const about = facts(
        [
          ["Run", run.run_id],
          ["Kind", `${run.kind}, ${run.strategy}`],
          ["Status", run.status],
          ["Model", run.model],
          ["Score", run.score ?? undefined],
          ["Tokens", `${run.input_tokens} in, ${run.output_tokens} out`],
          ["Cost", dollars(run.cost)],
          ["Created", when(run.created_at)],
          ["Completed", run.completed_at ? when(run.completed_at) : undefined],
          ["Error", run.error ? `${run.error.message} (${run.error.code})` : undefined],
        ],
        paint,
      );
      const steps = table(
        run.steps,
        [
          { title: "STEP", of: ({ name }) => name },
          { title: "STATUS", of: ({ status }) => status },
          { title: "MODEL", of: ({ model }) => model },
          { title: "SCORE", of: ({ score }) => score, isNumber: true },
          { title: "COST", of: ({ cost }) => dollars(cost), isNumber: true },
          { title: "MS", of: ({ latency_ms }) => latency_ms, isNumber: true },
        ],
        paint,
      );
      return [about, run.steps.length > 0 && steps, run.output && clean(run.output)].filter(Boolean).join("\n\n");
    });
  },
});

export const runs: Group = {
  name: "runs",
  summary: "List runs, and show one",
  commands: [list, get],
  byDefault: "list",
};
