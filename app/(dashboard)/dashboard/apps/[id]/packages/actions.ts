"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { deletePackage } from "#lib/packages/service";
import { act } from "../../../../action";

const Stored = z.object({ appId: z.uuid(), id: z.uuid() });

/** Deletes a package with its file; its version may then be used again. */
export async function deletePackageAction(input: z.input<typeof Stored>): Promise<ActionResult<{ message: string }>> {
  return act({ scope: "agents:write", input: Stored }, input, (ctx, { appId, id }) => deletePackage(ctx, appId, id));
}
