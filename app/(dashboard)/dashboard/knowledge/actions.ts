"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { CreateKnowledge, type KnowledgeEntry, UpdateKnowledge } from "#lib/knowledge/schema";
import { createKnowledge, updateKnowledge } from "#lib/knowledge/service";
import { act } from "../../action";

const Change = UpdateKnowledge.extend({ id: z.int() });

/** Adds an entry. */
export async function createKnowledgeAction(
  input: z.input<typeof CreateKnowledge>,
): Promise<ActionResult<{ id: number }>> {
  return act({ scope: "agents:write", input: CreateKnowledge }, input, createKnowledge);
}

/** Changes an entry, or counts a use of it. */
export async function updateKnowledgeAction(input: z.input<typeof Change>): Promise<ActionResult<KnowledgeEntry>> {
  return act(
    { scope: "agents:write", input: Change },
    input,
    async (ctx, { id, ...change }) => (await updateKnowledge(ctx, id, change)).data,
  );
}
