"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { cancelRun } from "#lib/runs/cancel";
import { act } from "../../action";

const Named = z.object({ id: z.uuid() });

/** Stops a run. The answer says whether it was still under way. */
export async function cancelRunAction(input: z.input<typeof Named>): Promise<ActionResult<{ isCancelled: boolean }>> {
  return act({ scope: "agents:write", input: Named }, input, async (ctx, { id }) => ({
    isCancelled: await cancelRun(ctx, id),
  }));
}
