import type { Context } from "#lib/context";
import type { PreparedDeployment } from "#lib/deployments/schema";
import { type Outcome, type PackageInput, type PackageTarget, preparePackage } from "#lib/packages/prepare";
import type { DeployForm } from "#lib/packages/schema";

type Input = Omit<PackageInput, "fields"> & { fields: DeployForm };

/** Checks the package of a deployment and puts its object into the store, before anything is charged. */
export async function prepareDeployment(
  ctx: Context,
  target: PackageTarget,
  input: Input,
): Promise<{ value: PreparedDeployment; release(outcome: Outcome): Promise<void> }> {
  const { value: prepared, release } = await preparePackage(ctx, target, input);
  return { value: { prepared, releaseNotes: input.fields.release_notes || null }, release };
}
