import { z } from "zod";
import type { Context } from "#lib/context";
import { followDeployment } from "#lib/deployments/follow";
import { DeploymentAnswer } from "#lib/deployments/schema";
import { getDeployment as find, rollBack } from "#lib/deployments/service";
import { invalid, notFound } from "#lib/errors";
import { reads, tool } from "#lib/mcp/tool";
import { tellUntilEnd, WaitSeconds, waitSecondsOf } from "#lib/mcp/wait";
import { listPackages } from "#lib/packages/service";

const DeployApp = z.object({
  app_id: z.string().min(1).max(64),
  package_id: z.uuid().optional().meta({ description: "The package to deploy; or name its version." }),
  version: z.string().min(1).max(1_000).optional().meta({ description: "The version of a package of this app." }),
  release_notes: z.string().max(10_000).optional(),
  wait_seconds: WaitSeconds,
});

async function packageIdOf(ctx: Context, { app_id, package_id, version }: z.infer<typeof DeployApp>): Promise<string> {
  if (package_id !== undefined) return package_id;
  if (version === undefined) throw invalid([{ field: "version", message: "package_id or version is required" }]);
  const { packages } = await listPackages(ctx, app_id);
  const named = packages.find((one) => one.version === version);
  if (!named) throw notFound(`Package of version ${version.slice(0, 100)}`);
  return named.id;
}

export const deployApp = tool({
  name: "deploy_app",
  title: "Deploy an agent app",
  description:
    "Deploys a package that was uploaded to the app before; a package that was live before costs nothing again, another one a credit for each begun MB. Waits up to wait_seconds and tells progress meanwhile; the deployment goes on when the call is cancelled.",
  scope: "agents:write",
  counts: { family: "cloud" },
  // Another version may answer the app's calls until now.
  hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
  input: DeployApp,
  output: DeploymentAnswer,
  run: async ({ ctx, input, signal, progress }) => {
    const package_id = await packageIdOf(ctx, input);
    const { release_notes } = input;
    const { deployment } = await rollBack(ctx, input.app_id, { package_id, ...(release_notes && { release_notes }) });
    const seconds = waitSecondsOf(input.wait_seconds, progress);
    await tellUntilEnd(await followDeployment(ctx, deployment.id, 0), seconds, { signal, progress });
    return find(ctx, deployment.id);
  },
});

export const getDeployment = tool({
  name: "get_deployment",
  title: "Get a deployment",
  description: "Gets a deployment with the state of each of its steps.",
  scope: "agents:read",
  counts: { family: "cloud" },
  hints: reads,
  input: z.object({ deployment_id: z.string().min(1).max(64) }),
  output: DeploymentAnswer,
  run: ({ ctx, input }) => find(ctx, input.deployment_id),
});
