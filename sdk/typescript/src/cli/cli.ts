import { Baton } from "../client.ts";
import type { Entry } from "./command.ts";
import { type Connection, connectionOf } from "./connection.ts";
import { exitCodes } from "./exit-codes.ts";
import { Failure } from "./failure.ts";
import type { Output } from "./output.ts";
import type { Terminal } from "./terminal.ts";

type Given = {
  entries: readonly Entry[];
  out: Output;
  terminal: Terminal;
  env: Record<string, string | undefined>;
  signal: AbortSignal;
  chosen: { url?: string; key?: string; profile?: string };
};

/** What every command is given. */
export class Cli {
  /** Every command there is. */
  readonly entries: readonly Entry[];
  readonly out: Output;
  readonly terminal: Terminal;
  readonly env: Record<string, string | undefined>;
  /** Aborted when the program is to end. */
  readonly signal: AbortSignal;
  readonly chosen: Given["chosen"];

  constructor({ entries, out, terminal, env, signal, chosen }: Given) {
    this.entries = entries;
    this.out = out;
    this.terminal = terminal;
    this.env = env;
    this.signal = signal;
    this.chosen = chosen;
  }

  /** Where to and as whom, by options, environment and the stored login. */
  connection(): Promise<Connection> {
    return connectionOf(this.chosen, this.env);
  }

  /** A client of the chosen server. Throws `Failure` when there is no key. */
  async baton(): Promise<Baton> {
    const { url, key, profile, stored } = await this.connection();
    if (key) return this.client(url, key);
    const advice = `Log in with "baton login --url ${url}", or set BATON_API_KEY.`;
    const isElsewhere = stored !== undefined;
    const where = isElsewhere ? `; the login "${profile}" is for ${stored.url}` : "";
    throw new Failure(`You are not signed in to ${url}${where}`, exitCodes.refused, advice);
  }

  /** The same, left when the program is to end. */
  unlessInterrupted<T>(work: Promise<T>): Promise<T> {
    const interruption = new Promise<never>((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason), { once: true });
    });
    return Promise.race([work, interruption]);
  }

  /** A client of any server. */
  client(baseUrl: string, apiKey?: string): Baton {
    // A person waits for a while; a program that was told when to come again decides for itself.
    return new Baton({ baseUrl, apiKey, retriesMax: 2, retryAfterMaxSeconds: 5 });
  }
}
