import type { Schemas } from "../../generated.ts";
import type { Cli } from "../cli.ts";
import { command, type Group } from "../command.ts";
import { clean, facts, type Style, table } from "../output.ts";
import { dollars, shortened, when } from "../words.ts";

const statuses = ["spawning", "running", "completed", "failed", "cancelled"] as const;
const colours: Record<string, Style> = { completed: "green", failed: "red", cancelled: "yellow" };
const styleOf = ({ status }: { status: string }): Style => colours[status] ?? "cyan";

const list = command({
  name: "list",
  summary: "List agents, newest first",
  options: {
    status: { type: "string", choices: statuses, summary: "Only these" },
    model: { type: "string", value: "name", summary: "Only with this model" },
    team: { type: "string", value: "id", summary: "Only of this team" },
    limit: { type: "integer", short: "n", value: "n", summary: "How many at most, 1 to 100 (20)" },
  },
  async run(cli, { options }) {
    const baton = await cli.baton();
    const query = { ...options, limit: options.limit ?? 20 };
    const answer = await baton.request("GET /api/agents", { query });
    cli.out.result(answer, () =>
      table(
        answer.data,
        [
          { title: "ID", of: ({ agent_id }) => agent_id },
          { title: "STATUS", of: ({ status }) => status, style: styleOf },
          { title: "MODEL", of: ({ model }) => model },
          { title: "COST", of: ({ actual_cost }) => dollars(actual_cost), isNumber: true },
          { title: "CREATED", of: ({ created_at }) => when(created_at) },
          { title: "TASK", of: ({ task }) => shortened(task, 50) },
        ],
        cli.out.paint,
      ),
    );
  },
});

function agentText({ out: { paint } }: Cli, agent: Schemas["Agent"]): string {
  const about = facts(
    [
      ["Agent", agent.agent_id],
      ["Status", agent.status],
      ["Model", agent.model],
      ["Task", agent.task],
      ["Created", when(agent.created)],
      ["Completed", agent.completed ? when(agent.completed) : undefined],
      ["Cost", `${dollars(agent.cost)} (estimated ${dollars(agent.estimated_cost)})`],
      ["Run", agent.run_id],
      ["Error", agent.error ?? undefined],
    ],
    paint,
  );
  return agent.result === null ? about : `${about}\n\n${clean(agent.result)}`;
}

const get = command({
  name: "get",
  summary: "Show an agent with its result",
  args: { id: { summary: "The agent's id" } },
  async run(cli, { args: { id } }) {
    const agent = await (await cli.baton()).request("GET /api/agent/{id}", { params: { id } });
    cli.out.result(agent, () => agentText(cli, agent));
  },
});

const cancel = command({
  name: "cancel",
  summary: "Cancel an agent; what it did not use is free again",
  args: { id: { summary: "The agent's id" } },
  async run(cli, { args: { id } }) {
    const answer = await (await cli.baton()).request("DELETE /api/agent/{id}", { params: { id } });
    cli.out.result(answer, () => `${clean(answer.message)}, ${dollars(answer.refund)} free again.`);
  },
});

export const agents: Group = {
  name: "agents",
  summary: "List, show and cancel agents",
  commands: [list, get, cancel],
  byDefault: "list",
};
