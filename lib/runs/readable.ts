import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/transaction";
import { decryptText, isEncrypted, openDataKey } from "#lib/privacy/encryption";
import { privacyOfRuns } from "#lib/privacy/service";
import type { RunDetails } from "#lib/runs/schema";

type Read = (text: string | null) => string | null;

const isSealed = (text: string | null) => text !== null && isEncrypted(text);

/** What an agent's run was asked is kept as one encrypted text. */
function contentOf(input: unknown): string | undefined {
  const content = typeof input === "object" && input !== null && "content" in input ? input.content : undefined;
  return typeof content === "string" && isEncrypted(content) ? content : undefined;
}

function readInput(input: unknown, read: Read): unknown {
  const content = contentOf(input);
  return content === undefined ? input : JSON.parse(read(content) ?? "null");
}

/** A run with the texts readable that are encrypted where they are kept. Others stay as they are. */
export async function readableRun(tx: Tx, ctx: Context, run: RunDetails): Promise<RunDetails> {
  const isPlain = !isSealed(run.output) && !run.steps.some(({ output }) => isSealed(output));
  if (isPlain && contentOf(run.input) === undefined) return run;
  const sealed = (await privacyOfRuns(tx, ctx, [run.id])).get(run.id)?.sealedKey;
  const key = sealed ? openDataKey(sealed) : undefined;
  const read: Read = (text) => (text === null ? null : decryptText(text, key));
  return {
    ...run,
    input: readInput(run.input, read),
    output: read(run.output),
    steps: run.steps.map((step) => ({ ...step, output: read(step.output) })),
  };
}
