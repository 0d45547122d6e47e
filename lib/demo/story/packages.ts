import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { strToU8, zipSync } from "fflate";
import type { Context } from "#lib/context";
import { prepareDeployment } from "#lib/deployments/prepare";
import type { PreparedDeployment } from "#lib/deployments/schema";
import { createDeployment, getDeployment } from "#lib/deployments/service";
import { processNext } from "#lib/deployments/worker";
import { packageBytesMax } from "#lib/packages/schema";
import { createPackage } from "#lib/packages/service";
import { removeSpooled, spool } from "#lib/storage/spool";

const examples = join(import.meta.dirname, "../../../examples");
const waitMs = 50;
const over = ["completed", "failed", "cancelled"];

/** A version of one of the packages that come with Baton, with its instructions changed a little each time. */
async function packed(example: string, version: string, note: string): Promise<Uint8Array> {
  const folder = join(examples, example);
  const [manifest, readme] = await Promise.all([
    readFile(join(folder, "manifest.json"), "utf8"),
    readFile(join(folder, "README.md")),
  ]);
  const declared = JSON.parse(manifest);
  const changed = { ...declared, version, instructions: `${declared.instructions}${note && ` ${note}`}` };
  return zipSync({ "manifest.json": strToU8(JSON.stringify(changed, null, 2)), "README.md": readme });
}

type Release = { appId: string; example: string; version: string; note?: string; releaseNotes: string };

/** Waits until a deployment is over, and works on what waits meanwhile: this process need not have a worker. */
export async function carryThrough(ctx: Context, deploymentId: string): Promise<void> {
  for (;;) {
    const { deployment } = await getDeployment(ctx, deploymentId);
    if (over.includes(deployment.status)) return;
    if (!(await processNext())) await sleep(waitMs);
  }
}

/** Uploads a version and queues its deployment, in one transaction with what `queue` adds, ahead of any worker. */
export async function release(
  ctx: Context,
  version: Release,
  queue: (work: (ctx: Context) => Promise<string>) => Promise<string> = (work) => work(ctx),
): Promise<{ deploymentId: string }> {
  const deploymentId = await prepared(ctx, version, (made) =>
    queue(async (within) => (await createDeployment(within, made)).deployment.id),
  );
  return { deploymentId };
}

/** Uploads a version that is deployed later, or never. */
export async function upload(ctx: Context, version: Release): Promise<void> {
  await prepared(ctx, version, (made) => createPackage(ctx, made.prepared));
}

async function prepared<T>(
  ctx: Context,
  { appId, example, version, note = "", releaseNotes }: Release,
  store: (made: PreparedDeployment) => Promise<T>,
): Promise<T> {
  const file = await spool(asChunks(await packed(example, version, note)), packageBytesMax);
  try {
    const input = { fields: { version, release_notes: releaseNotes }, files: { file } };
    const { value, release: settle } = await prepareDeployment(ctx, { id: appId }, input);
    const made = await store(value);
    await settle("done");
    return made;
  } finally {
    await removeSpooled(file.path);
  }
}

async function* asChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
