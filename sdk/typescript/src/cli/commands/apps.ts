import { command, type Group } from "../command.ts";
import { collect } from "../lookup.ts";
import { table } from "../output.ts";
import { shortened, when } from "../words.ts";

const list = command({
  name: "list",
  summary: "List the agent apps",
  async run(cli) {
    const baton = await cli.baton();
    const apps = await collect(baton.items("GET /api/agent-apps"));
    cli.out.result({ apps }, () =>
      table(
        apps,
        [
          { title: "ID", of: ({ id }) => id },
          { title: "NAME", of: ({ name }) => name },
          { title: "LIVE", of: (app) => app.packages.find(({ id }) => id === app.deployed_package_id)?.version },
          { title: "PUBLIC", of: ({ is_public }) => (is_public ? "yes" : "no") },
          { title: "UPDATED", of: ({ updated_at }) => when(updated_at) },
          { title: "DESCRIPTION", of: ({ description }) => shortened(description, 40) },
        ],
        cli.out.paint,
      ),
    );
  },
});

export const apps: Group = { name: "apps", summary: "List agent apps", commands: [list], byDefault: "list" };
