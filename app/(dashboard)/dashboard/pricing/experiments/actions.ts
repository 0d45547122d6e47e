"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import {
  type AssignAnswer,
  AssignInput,
  type Experiment,
  NewExperiment,
  TrackInput,
} from "#lib/pricing/experiments/schema";
import { assignSubject, completeExperiment, createExperiment, trackOutcome } from "#lib/pricing/experiments/service";
import { act } from "../../../action";

const scope = "billing:read";
const Named = z.object({ experiment_id: z.string() });
const Assigned = AssignInput.extend(Named.shape);
const Tracked = TrackInput.extend(Named.shape);

/** Begins an experiment. */
export async function createExperimentAction(input: z.input<typeof NewExperiment>): Promise<ActionResult<Experiment>> {
  return act(
    { scope, input: NewExperiment },
    input,
    async (ctx, wanted) => (await createExperiment(ctx, wanted)).experiment,
  );
}

/** Says which variant a customer gets; from then on always the same. */
export async function assignAction(input: z.input<typeof Assigned>): Promise<ActionResult<AssignAnswer>> {
  return act({ scope, input: Assigned }, input, (ctx, { experiment_id, ...wanted }) =>
    assignSubject(ctx, experiment_id, wanted),
  );
}

/** Counts a decision that was made elsewhere. */
export async function trackAction(input: z.input<typeof Tracked>): Promise<ActionResult<Experiment>> {
  return act(
    { scope, input: Tracked },
    input,
    async (ctx, { experiment_id, ...seen }) => (await trackOutcome(ctx, experiment_id, seen)).experiment,
  );
}

/** Ends an experiment. */
export async function completeAction(input: z.input<typeof Named>): Promise<ActionResult<Experiment>> {
  return act(
    { scope, input: Named },
    input,
    async (ctx, { experiment_id }) => (await completeExperiment(ctx, experiment_id)).experiment,
  );
}
