import { command } from "../command.ts";
import { table } from "../output.ts";

export const models = command({
  name: "models",
  summary: "List the models with their prices",
  options: { all: { type: "boolean", summary: "Also those that no provider here answers for" } },
  async run(cli, { options }) {
    const found = await (await cli.baton()).request("GET /api/models");
    const shown = options.all ? found : found.filter(({ status }) => status === "active");
    cli.out.result(shown, () =>
      table(
        shown,
        [
          { title: "NAME", of: ({ name }) => name },
          { title: "PROVIDER", of: ({ provider }) => provider },
          { title: "$/1K TOKENS", of: ({ cost_per_1k_tokens }) => cost_per_1k_tokens, isNumber: true },
          { title: "WINDOW", of: ({ context_window }) => context_window, isNumber: true },
          { title: "STATUS", of: ({ status }) => status },
          { title: "GOOD AT", of: ({ specialties }) => specialties.join(", ") },
        ],
        cli.out.paint,
      ),
    );
  },
});
