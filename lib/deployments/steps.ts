import { createHash } from "node:crypto";
import { requireApp } from "#lib/apps/service";
import { tenant } from "#lib/db/transaction";
import type { Claim } from "#lib/deployments/claim-queries";
import { contextOf } from "#lib/deployments/finish";
import { updatePackageMetadata } from "#lib/deployments/metadata-queries";
import type { StepName } from "#lib/deployments/schema";
import { AppError } from "#lib/errors";
import { packageUrl } from "#lib/packages/address";
import { checkManifest } from "#lib/packages/manifest";
import type { PackageRow } from "#lib/packages/queries";
import { requirePackage } from "#lib/packages/service";
import { isVersion } from "#lib/packages/validate";
import { runtimeOf } from "#lib/runtime/choose";
import { metadataOf } from "#lib/runtime/metadata";
import { objectStore } from "#lib/storage/store";

/** What a step works with. `log` adds a line that the owner of the deployment reads. */
export type StepJob = { claim: Claim; signal: AbortSignal; log(message: string): void };

/** One step. It may be interrupted anywhere and run again; what it throws fails the deployment or is tried again. */
export type PipelineStep = { name: StepName; run(job: StepJob): Promise<void> };

function packageOf(claim: Claim): Promise<PackageRow> {
  const ctx = contextOf(claim);
  return requirePackage(tenant(ctx), ctx, claim.agentAppId, claim.packageId);
}

const refuse = (message: string) => new AppError("validation", message, { reason: "PACKAGE_VALIDATION_FAILED" });

/** The rules may have changed since the upload, and an older package may be deployed again. */
async function validatePackage({ claim, log }: StepJob): Promise<void> {
  const ctx = contextOf(claim);
  const [app, row] = [await requireApp(tenant(ctx), ctx, claim.agentAppId), await packageOf(claim)];
  if (!isVersion(row.version)) throw refuse("Invalid version");
  if (app.requireSignature && !row.isVerified)
    throw refuse("The app takes only packages with a checked signature, and this one has none.");
  const { manifest, problems } = checkManifest({ ...row.manifest });
  if (!manifest) throw refuse(problems.join("; "));
  const runtime = runtimeOf(manifest);
  runtime.check(manifest);
  log(`The manifest of ${manifest.name} v${row.version} is sound, for the ${runtime.name} runtime.`);
  log(row.isVerified ? "Its signature was checked." : "It has no checked signature.");
}

/** The object went to the store before anything was charged; what is deployed is what was charged for. */
async function uploadToStore({ claim, signal, log }: StepJob): Promise<void> {
  const row = await packageOf(claim);
  const { stream, size } = await (await objectStore()).get(row.objectKey);
  const hash = createHash("sha256");
  try {
    for await (const chunk of stream) {
      signal.throwIfAborted();
      hash.update(chunk);
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof AppError) throw cause;
    throw new AppError("unavailable", "The object store broke off.", { reason: "STORAGE_UNAVAILABLE", cause });
  }
  if (size !== row.size || !hash.digest().equals(row.sha256))
    throw refuse("The package's object in the store is not the one that was uploaded.");
  log(`${size} bytes are at ${packageUrl({ id: row.id, appId: row.agentAppId, objectKey: row.objectKey })}`);
  log(`Their SHA-256 is ${row.sha256.toString("hex")}`);
}

async function generateMetadata({ claim, log }: StepJob): Promise<void> {
  const ctx = contextOf(claim);
  const row = await packageOf(claim);
  const metadata = metadataOf(row);
  await updatePackageMetadata(tenant(ctx), ctx, row.id, metadata);
  log(`Recorded ${Object.keys(metadata).length} facts: ${Object.keys(metadata).join(", ")}.`);
}

async function notifyRuntime({ claim, signal, log }: StepJob): Promise<void> {
  const row = await packageOf(claim);
  const pkg = { ...row, sha256: row.sha256.toString("hex") };
  log(await runtimeOf(row.manifest).activate(pkg, claim.id, signal));
}

/** Going live itself is the transaction that ends the deployment; here is the last look before it. */
async function finalize({ claim, log }: StepJob): Promise<void> {
  const row = await packageOf(claim);
  if (!(await (await objectStore()).head(row.objectKey))) throw refuse("The package's object is gone from the store.");
  log("Package, object and runtime are ready.");
}

export const pipelineSteps: readonly PipelineStep[] = [
  { name: "validate_package", run: validatePackage },
  { name: "upload_to_s3", run: uploadToStore },
  { name: "generate_metadata", run: generateMetadata },
  { name: "notify_runtime", run: notifyRuntime },
  { name: "finalize", run: finalize },
];
