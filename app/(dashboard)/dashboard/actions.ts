"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { dismissOnboarding } from "#lib/overview/service";
import { act } from "../action";

const Nothing = z.object({});

/** Hides the checklist of the overview for the person who calls. */
export async function dismissOnboardingAction(input: z.input<typeof Nothing>): Promise<ActionResult<null>> {
  return act({ input: Nothing }, input, async (ctx) => {
    await dismissOnboarding(ctx);
    return null;
  });
}
