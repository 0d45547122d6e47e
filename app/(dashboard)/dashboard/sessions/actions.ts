"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { ChangeStatus, type Session } from "#lib/orchestration/schema";
import { changeSessionStatus } from "#lib/orchestration/service";
import { act } from "../../action";

const Change = ChangeStatus.extend({ id: z.string() });

/** Pauses, resumes, completes or cancels a session; cancelling stops what runs in it. */
export async function changeSessionAction(input: z.input<typeof Change>): Promise<ActionResult<Session>> {
  return act({ scope: "agents:write", input: Change }, input, (ctx, { id, ...change }) =>
    changeSessionStatus(ctx, id, change),
  );
}
