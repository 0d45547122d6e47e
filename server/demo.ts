import { findOwner, organizationName } from "#lib/demo/people";
import { removeDemo } from "#lib/demo/remove";
import { fillDemo } from "#lib/demo/service";
import { log } from "#lib/log";
import type { DemoMode } from "#server/arguments";
import { readOwner } from "#server/first-start";

export type Demo = {
  /** What became of it, in a line; never rejects. */
  done: Promise<string>;
  /** Leaves it between two of its scenes; the next start with --demo begins anew. */
  stop(): Promise<void>;
};

export type DemoOptions = {
  mode: DemoMode;
  /** Whether the database is Baton's own, where no real organization is disturbed. */
  isEmbedded: boolean;
  dataDir: string;
  say: (line: string) => void;
  /** How much happens in it; 1 unless said. */
  volume?: number;
};

const refusal =
  "Demo: not added, because this database is not Baton's own. Start with --demo=force to add made-up data beside real data.";

const outcomes = {
  filled: `Demo: ${organizationName} is ready: choose it at the top of the dashboard. --demo=remove takes it away`,
  there: `Demo: ${organizationName} is there already. --demo=remove takes it away`,
  elsewhere: "Demo: another process is adding it",
};

async function carryOut({ mode, isEmbedded, dataDir, say, volume = 1 }: DemoOptions, signal: AbortSignal) {
  if (mode === "remove") return (await removeDemo()) ? `Demo: removed ${organizationName}` : "Demo: there is none";
  if (mode === "fill" && !isEmbedded) return refusal;
  const owner = await findOwner(readOwner(dataDir)?.email);
  if (!owner) return "Demo: not added, because nobody has signed up yet whose it could be. Sign up, then start again";
  say(`Demo: adding ${organizationName} for ${owner.email}; everything else works meanwhile`);
  return outcomes[await fillDemo({ ownerId: owner.userId, signal, onProgress: say, volume })];
}

/** Adds or removes the made-up organization while Baton serves, and says how far it is. */
export function startDemo(options: DemoOptions): Demo {
  const stopping = new AbortController();
  const done = carryOut(options, stopping.signal)
    .catch((error: unknown) => {
      if (stopping.signal.aborted) return "Demo: stopped; the next start with --demo begins anew";
      log.error({ err: error }, "the demo failed");
      return `Demo: failed: ${(error as Error).message}`;
    })
    .then((line) => {
      options.say(line);
      return line;
    });
  return {
    done,
    async stop() {
      stopping.abort(new Error("Baton is stopping."));
      await done;
    },
  };
}
