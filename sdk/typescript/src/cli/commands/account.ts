import { hostname } from "node:os";
import type { Baton } from "../../client.ts";
import { BatonError } from "../../errors.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { type Profile, readProfile, storeProfile } from "../config.ts";
import { addressOf, type Connection, defaultUrl } from "../connection.ts";
import { exitCodes } from "../exit-codes.ts";
import { Failure, misused } from "../failure.ts";
import { facts } from "../output.ts";

const lastOf = (key: string) => `…${key.slice(-4)}`;
const isOpen = (url: string) => url.startsWith("http:") && !/^http:\/\/(localhost|127\.|\[::1\])/.test(url);

/** Logs in as a person, makes a key with that login, and ends the login. */
async function keyOfPerson(cli: Cli, url: string, email: string, organization?: string): Promise<Profile> {
  const password = cli.env.BATON_PASSWORD || (await cli.terminal.ask("Password", { isHidden: true }));
  const { session } = await cli.client(url).request("POST /api/auth/login", { body: { email, password } });
  const person = cli.client(url, session.access_token);
  const headers: Record<string, string> = organization ? { "x-organization-id": organization } : {};
  const body = { name: `CLI on ${hostname()}`.slice(0, 100) };
  try {
    const { apiKey } = await person.request("POST /api/api-keys", { body, headers });
    return { url, key: apiKey.key, keyId: apiKey.id };
  } finally {
    await endLogin(person);
  }
}

/** The login has served its purpose; where it cannot be ended it runs out by itself. */
async function endLogin(person: Baton): Promise<void> {
  await person.request("POST /api/auth/logout").catch((error: unknown) => {
    if (!(error instanceof BatonError)) throw error;
  });
}

async function keyIn(cli: Cli, given: string | undefined): Promise<string | undefined> {
  if (given !== "-") return given || undefined;
  const key = (await cli.terminal.read()).trim();
  if (!key) throw misused("Nothing came in where the key was expected", "Pipe it in: baton login --key - < file");
  return key;
}

type Wanted = { email?: string; organization?: string };

async function wantedLogin(cli: Cli, url: string, { email, organization }: Wanted): Promise<Profile> {
  const given = cli.chosen.key ?? (email ? undefined : cli.env.BATON_API_KEY);
  if (given && email) throw misused("Give either --key or --email");
  const key = await keyIn(cli, given);
  if (key) return { url, key };
  if (email) return keyOfPerson(cli, url, email, organization);
  if (!cli.terminal.isInteractive) throw misused("Give --key, or --email with BATON_PASSWORD");
  const typed = await cli.terminal.ask("API key (empty: log in by e-mail)", { isHidden: true });
  if (typed) return { url, key: typed };
  return keyOfPerson(cli, url, await cli.terminal.ask("E-mail"), organization);
}

export const login = command({
  name: "login",
  summary: "Sign in, and store the key for other commands",
  options: {
    email: {
      type: "string",
      value: "address",
      summary: "Log in as a person (BATON_PASSWORD, or asked) and make a key",
    },
    organization: { type: "string", value: "id", summary: "With --email: the organization to make the key for" },
  },
  details:
    "The key is checked and kept in $XDG_CONFIG_HOME/baton/config.json or ~/.config/baton/config.json,\nreadable for you only. --key - reads it from standard input.",
  examples: [
    "baton login",
    "baton login --url https://baton.example.com --key - < key.txt",
    "baton login --email ada@example.com --profile work",
  ],
  async run(cli, { options }) {
    const { profile, stored, url: known } = await cli.connection();
    const isAsked = cli.chosen.url === undefined && !cli.env.BATON_URL && cli.terminal.isInteractive && !cli.chosen.key;
    const fallback = stored?.url ?? defaultUrl;
    const url = isAsked ? addressOf(await cli.terminal.ask("Address", { fallback })) : known;
    if (isOpen(url)) cli.out.note(`Note: ${url} is not encrypted; others on the way can read the key.`);
    const login = await wantedLogin(cli, url, options);
    const { user, organization } = await cli.client(url, login.key).request("GET /api/auth/session");
    const file = await storeProfile(cli.env, profile, login);
    const answer = { url, profile, organization, user, file };
    cli.out.result(answer, () => `Signed in to ${url} for ${organization.name}. The key is in ${file}.`);
  },
});

/** Takes back the key that login made. Answers whether it was there and may be taken back by itself. */
async function revokeOwn(cli: Cli, { url, key, keyId }: Profile): Promise<boolean> {
  if (!keyId) return false;
  try {
    await cli.client(url, key).request("DELETE /api/api-keys/{id}", { params: { id: keyId } });
    return true;
  } catch (error) {
    if (!(error instanceof BatonError)) throw error;
    cli.out.note(`Note: the key could not be revoked: ${error.message}`);
    return false;
  }
}

export const logout = command({
  name: "logout",
  summary: "Forget the stored key, and revoke it if login made it",
  options: { "keep-key": { type: "boolean", summary: "Do not revoke the key" } },
  async run(cli, { options }) {
    const { profile, stored } = await cli.connection();
    if (!stored) throw new Failure(`There is no stored login "${profile}"`, exitCodes.refused);
    const revoked = options["keep-key"] ? false : await revokeOwn(cli, stored);
    await storeProfile(cli.env, profile, undefined);
    const words = revoked ? " Its key is revoked." : "";
    cli.out.result({ profile, url: stored.url, revoked }, () => `Signed out of ${stored.url}.${words}`);
  },
});

const sourceWords = { option: "an option", environment: "the environment", profile: "the stored login", default: "" };

function whereFrom({ keyFrom, profile }: Connection): string {
  return keyFrom === "profile" ? `the stored login "${profile}"` : sourceWords[keyFrom ?? "default"];
}

export const whoami = command({
  name: "whoami",
  summary: "Show the server, the organization and the key in use",
  async run(cli) {
    const baton = await cli.baton();
    const connection = await cli.connection();
    const { user, organization } = await baton.request("GET /api/auth/session");
    const key = { ends_with: connection.key?.slice(-4), from: connection.keyFrom };
    cli.out.result({ url: connection.url, user, organization, key, profile: connection.profile }, () =>
      facts(
        [
          ["Server", connection.url],
          ["Organization", `${organization.name} (${organization.id})`],
          ["Credits", organization.credits],
          ["User", user.email ?? user.id ?? undefined],
          ["Key", `${lastOf(connection.key ?? "")}, from ${whereFrom(connection)}`],
        ],
        cli.out.paint,
      ),
    );
  },
});

/** Keeps the stored login working whose key got another secret. */
export async function followRotation(cli: Cli, keyId: string, key: string): Promise<boolean> {
  const { profile } = await cli.connection();
  const stored = await readProfile(cli.env, profile);
  if (!stored || stored.keyId !== keyId) return false;
  await storeProfile(cli.env, profile, { ...stored, key });
  return true;
}
