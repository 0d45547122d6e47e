"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { type CreatedKey, CreateKey, type RotatedKey, RotateKey } from "#lib/keys/schema";
import { createKey, deleteKey, rotateKey } from "#lib/keys/service";
import { act } from "../../action";

const Rotation = RotateKey.extend({ id: z.uuid() });
const Revocation = z.object({ id: z.uuid() });

/** Makes a key; the answer holds the only copy. */
export async function createKeyAction(input: CreateKey): Promise<ActionResult<CreatedKey["apiKey"]>> {
  return act({ scope: "admin:write", input: CreateKey }, input, async (ctx, key) => (await createKey(ctx, key)).apiKey);
}

/** Gives a key a new secret; the answer holds the only copy. */
export async function rotateKeyAction(input: z.input<typeof Rotation>): Promise<ActionResult<RotatedKey["apiKey"]>> {
  return act(
    { scope: "admin:write", input: Rotation },
    input,
    async (ctx, { id, ...rotation }) => (await rotateKey(ctx, id, rotation)).apiKey,
  );
}

/** Revokes a key for good. */
export async function revokeKeyAction(input: z.input<typeof Revocation>): Promise<ActionResult<{ message: string }>> {
  return act({ scope: "admin:write", input: Revocation }, input, (ctx, { id }) => deleteKey(ctx, id));
}
