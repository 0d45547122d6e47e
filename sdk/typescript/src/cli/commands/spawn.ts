import { agentOf } from "../../agent.ts";
import type { Baton } from "../../client.ts";
import type { Operations } from "../../generated.ts";
import type { Cli } from "../cli.ts";
import { command, type Group } from "../command.ts";
import { clean, table } from "../output.ts";
import { dollars } from "../words.ts";

const models = ["k2p5", "sonnet", "opus"] as const;
const priorities = ["low", "normal", "high"] as const;

const workOptions = {
  priority: { type: "string", choices: priorities, summary: "Its place in the queue" },
  timeout: { type: "integer", value: "seconds", summary: "Seconds of work, 1 to 3600 (300)" },
  wait: { type: "boolean", short: "w", summary: "Wait for the end and print the result" },
  knowledge: { type: "boolean", summary: "Give it what the knowledge base holds on the task" },
  quote: { type: "string", value: "id", summary: "The quote under which the work is sold" },
} as const;

type Work = { priority?: (typeof priorities)[number]; timeout?: number; knowledge?: true; quote?: string };

const bodyOf = ({ priority, timeout, knowledge, quote }: Work) => ({
  ...(priority && { priority }),
  ...(timeout !== undefined && { timeout }),
  ...(knowledge && { use_knowledge: true }),
  ...(quote && { quote_id: quote }),
});

type Spawned = Operations["POST /api/spawn"]["response"] | Operations["POST /api/spawn-team"]["response"];

/** What is printed of an agent that was just spawned: its id, or its result once it is there. */
async function report(cli: Cli, baton: Baton, spawned: Spawned, isWaiting: true | undefined): Promise<void> {
  const { agent_id: id, estimated_cost } = spawned;
  const model = "models" in spawned ? spawned.models.join("+") : spawned.model;
  cli.out.note(`Agent ${id} with ${model}, estimated ${dollars(estimated_cost)}`);
  if (!isWaiting) return cli.out.result(spawned, () => id);
  const leave = () => cli.out.note(`It goes on working; to stop it: baton agents cancel ${id}`);
  cli.signal.addEventListener("abort", leave, { once: true });
  const agent = agentOf(baton, { ...spawned, model });
  const result = await agent.waitForCompletion({ signal: cli.signal });
  cli.out.note(`Completed for ${dollars(result.cost)}`);
  cli.out.result(result, () => clean(result.output));
}

export const spawn = command({
  name: "spawn",
  summary: "Set an agent to work on a task",
  args: { task: { summary: "What to do", rest: true } },
  options: {
    model: { type: "string", short: "m", choices: models, summary: "Chosen by price, budget and limits unless said" },
    ...workOptions,
  },
  examples: ['baton spawn "Summarize the tides in three sentences" --wait', "ID=$(baton spawn Go --priority high)"],
  async run(cli, { args: { task }, options }) {
    const baton = await cli.baton();
    const { model, wait } = options;
    const spawned = await baton.request("POST /api/spawn", {
      body: { task, ...(model && { model }), ...bodyOf(options) },
    });
    await report(cli, baton, spawned, wait);
  },
});

const listTeams = command({
  name: "list",
  summary: "List the teams there are",
  async run(cli) {
    const answer = await (await cli.baton()).request("GET /api/teams");
    cli.out.result(answer, () =>
      table(
        answer.teams,
        [
          { title: "TEAM", of: ({ team }) => team },
          { title: "NAME", of: ({ name }) => name },
          { title: "MODELS", of: (team) => team.models.join(",") },
        ],
        cli.out.paint,
      ),
    );
  },
});

const spawnTeam = command({
  name: "spawn",
  summary: "Set a team to work on a task",
  args: { team: { summary: "The team's id, as in team_coding" }, task: { summary: "What to do", rest: true } },
  options: workOptions,
  examples: ['baton teams spawn team_research "Compare tides and currents" --wait'],
  async run(cli, { args: { team, task }, options }) {
    const baton = await cli.baton();
    const spawned = await baton.request("POST /api/spawn-team", { body: { team, task, ...bodyOf(options) } });
    await report(cli, baton, spawned, options.wait);
  },
});

export const teams: Group = {
  name: "teams",
  summary: "List teams, and set one to work",
  commands: [listTeams, spawnTeam],
  byDefault: "list",
};
