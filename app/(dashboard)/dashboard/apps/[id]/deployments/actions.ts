"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { type QueuedDeployment, Rollback } from "#lib/deployments/schema";
import { cancelDeployment, rollBack } from "#lib/deployments/service";
import { act } from "../../../../action";

const Waiting = z.object({ id: z.uuid() });
const Stored = Rollback.extend({ appId: z.uuid() });

/** Ends a deployment that no worker has begun. */
export async function cancelDeploymentAction(input: z.input<typeof Waiting>): Promise<ActionResult<null>> {
  return act({ scope: "agents:write", input: Waiting }, input, async (ctx, { id }) => {
    await cancelDeployment(ctx, id);
    return null;
  });
}

/** Deploys a package that the app has already, an earlier one included. */
export async function deployPackageAction(input: z.input<typeof Stored>): Promise<ActionResult<QueuedDeployment>> {
  return act({ scope: "agents:write", input: Stored }, input, (ctx, { appId, ...order }) =>
    rollBack(ctx, appId, order),
  );
}
