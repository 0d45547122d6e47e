"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { NewScenarioSet, type ScenarioAnswer, type ScenarioSet } from "#lib/pricing/quotes/schema";
import { createScenarioSet, deleteScenarioSet, evaluateScenarioSet } from "#lib/pricing/scenarios/service";
import { act } from "../../../action";

const scope = "billing:read";
const Named = z.object({ scenario_set_id: z.string() });

/** Keeps scenarios under a name. */
export async function createSetAction(input: z.input<typeof NewScenarioSet>): Promise<ActionResult<ScenarioSet>> {
  return act(
    { scope, input: NewScenarioSet },
    input,
    async (ctx, wanted) => (await createScenarioSet(ctx, wanted)).scenario_set,
  );
}

/** Prices a set under the policy in force and stores its quotes. */
export async function evaluateSetAction(input: z.input<typeof Named>): Promise<ActionResult<ScenarioAnswer>> {
  return act({ scope, input: Named }, input, (ctx, { scenario_set_id }) => evaluateScenarioSet(ctx, scenario_set_id));
}

/** Deletes a set; the quotes that were made of it stay. */
export async function deleteSetAction(input: z.input<typeof Named>): Promise<ActionResult<{ message: string }>> {
  return act({ scope, input: Named }, input, (ctx, { scenario_set_id }) => deleteScenarioSet(ctx, scenario_set_id));
}
