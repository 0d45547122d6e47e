import { command, type Group } from "../command.ts";
import { misused } from "../failure.ts";
import { collect, findKey } from "../lookup.ts";
import { table } from "../output.ts";
import { when } from "../words.ts";
import { followRotation } from "./account.ts";

const scopes = ["agents:read", "agents:write", "billing:read", "admin:write"] as const;

const list = command({
  name: "list",
  summary: "List the organization's keys",
  async run(cli) {
    const baton = await cli.baton();
    const keys = await collect(baton.items("GET /api/api-keys"));
    cli.out.result({ keys }, () =>
      table(
        keys,
        [
          { title: "ID", of: ({ id }) => id },
          { title: "NAME", of: ({ name }) => name },
          { title: "KEY", of: ({ key_preview }) => key_preview },
          { title: "SCOPES", of: (key) => key.scopes.join(",") },
          { title: "STATUS", of: ({ status }) => status },
          { title: "LAST USED", of: ({ last_used_at }) => when(last_used_at) },
        ],
        cli.out.paint,
      ),
    );
  },
});

const create = command({
  name: "create",
  summary: "Create a key; it is shown this once",
  args: { name: { summary: "What the key is for", rest: true } },
  options: {
    scopes: { type: "list", choices: scopes, summary: "What it may do (all unless said)" },
    environment: { type: "string", choices: ["live", "staging", "dev"], summary: "What its prefix says" },
    signing: { type: "boolean", summary: "Its requests must be signed; a secret for that is shown too" },
  },
  examples: ["baton keys create CI --scopes agents:read,agents:write", "KEY=$(baton keys create CI)"],
  async run(cli, { args: { name }, options }) {
    const baton = await cli.baton();
    const { apiKey } = await baton.request("POST /api/api-keys", { body: { name, ...options } });
    cli.out.result(apiKey, () => [apiKey.key, apiKey.signing_secret].filter(Boolean).join("\n"));
    cli.out.note(`Made ${apiKey.name} (${apiKey.id}). It is not shown again.`);
  },
});

const rotate = command({
  name: "rotate",
  summary: "Give a key a new secret",
  args: { key: { summary: "Its id or name" } },
  options: { "grace-hours": { type: "number", summary: "Hours for which the old one still works, 0 to 168 (0)" } },
  async run(cli, { args, options }) {
    const baton = await cli.baton();
    const { id } = await findKey(baton, args.key);
    const hours = options["grace-hours"];
    const body = hours === undefined ? {} : { grace_hours: hours };
    const { apiKey } = await baton.request("POST /api/api-keys/{id}/rotate", { params: { id }, body });
    const isOwn = await followRotation(cli, id, apiKey.key);
    cli.out.result(apiKey, () => apiKey.key);
    cli.out.note(`${apiKey.name} has a new secret. It is not shown again.${isOwn ? " Your login uses it." : ""}`);
  },
});

const revoke = command({
  name: "revoke",
  summary: "Revoke a key, at once and for good",
  args: { key: { summary: "Its id or name" } },
  options: { yes: { type: "boolean", short: "y", summary: "Do not ask" } },
  async run(cli, { args, options }) {
    const baton = await cli.baton();
    const { id, name } = await findKey(baton, args.key);
    if (!options.yes && cli.terminal.isInteractive) {
      const answer = await cli.terminal.ask(`Revoke ${name}? Programs that use it stop working. yes/no`);
      if (!/^y(es)?$/i.test(answer)) throw misused("Nothing was revoked");
    }
    const answer = await baton.request("DELETE /api/api-keys/{id}", { params: { id } });
    cli.out.result({ id, name, ...answer }, () => `Revoked ${name}.`);
  },
});

export const keys: Group = {
  name: "keys",
  summary: "List, create, rotate and revoke API keys",
  commands: [list, create, rotate, revoke],
  byDefault: "list",
};
