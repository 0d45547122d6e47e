import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { decryptText, encryptText, openDataKey } from "#lib/privacy/encryption";
import type { RunPrivacyRow } from "#lib/privacy/queries";
import { privacyOfRuns } from "#lib/privacy/service";
import { selectSteps } from "#lib/runs/queries";
import { Positions } from "#lib/runs/strategies/positions";
import type { Strategy } from "#lib/runs/strategies/step";

/** How the texts of one run are kept: encrypted with its own key when it asked for one, else with the server's. */
export type Encryption = {
  privacy: RunPrivacyRow | undefined;
  read(stored: string): string;
  /** The same strategy, its outputs as they are stored. */
  seal(strategy: Strategy): Strategy;
};

/** Throws when the run's key was altered; after an erasure there is none. */
export async function encryptionOf(ctx: Context, runId: string): Promise<Encryption> {
  const privacy = (await privacyOfRuns(tenant(ctx), ctx, [runId])).get(runId);
  const key = privacy?.sealedKey ? openDataKey(privacy.sealedKey) : undefined;
  async function* seal(strategy: Strategy): Strategy {
    for (;;) {
      const { value, done } = await strategy.next();
      if (done) return { ...value, output: encryptText(value.output, key) };
      const { output } = value.step;
      const isNew = value.stored === undefined && output !== null;
      yield isNew ? { ...value, step: { ...value.step, output: encryptText(output, key) } } : value;
    }
  }
  return { privacy, read: (stored) => decryptText(stored, key), seal };
}

/** The calls that earlier workers made in a run, with their answers readable. */
export async function readableSteps(ctx: Context, runId: string, { read }: Encryption): Promise<Positions> {
  const stored = await selectSteps(tenant(ctx), ctx, runId);
  return new Positions(stored.map((step) => ({ ...step, output: step.output === null ? null : read(step.output) })));
}
