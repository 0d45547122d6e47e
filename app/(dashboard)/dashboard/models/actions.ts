"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { CreateProviderKey, type ProviderKey, type ProviderKeyTest } from "#lib/provider-keys/schema";
import { createProviderKey, deleteProviderKey, testProviderKey, updateProviderKey } from "#lib/provider-keys/service";
import { act } from "../../action";

const Named = z.object({ id: z.uuid() });
const Switched = Named.extend({ isActive: z.boolean() });

/** Keeps a provider's key; no answer ever holds it again. */
export async function addProviderKeyAction(input: CreateProviderKey): Promise<ActionResult<ProviderKey>> {
  return act(
    { scope: "admin:write", input: CreateProviderKey },
    input,
    async (ctx, key) => (await createProviderKey(ctx, key)).providerKey,
  );
}

/** Asks the provider for its models with the key, and notes how that ended. */
export async function testProviderKeyAction(input: z.input<typeof Named>): Promise<ActionResult<ProviderKeyTest>> {
  return act({ scope: "admin:write", input: Named }, input, (ctx, { id }) => testProviderKey(ctx, id));
}

/** Switches a key on, which switches the provider's others off, or switches it off. */
export async function switchProviderKeyAction(input: z.input<typeof Switched>): Promise<ActionResult<ProviderKey>> {
  return act(
    { scope: "admin:write", input: Switched },
    input,
    async (ctx, { id, isActive }) => (await updateProviderKey(ctx, id, { is_active: isActive })).providerKey,
  );
}

/** Removes a key for good. */
export async function deleteProviderKeyAction(
  input: z.input<typeof Named>,
): Promise<ActionResult<{ message: string }>> {
  return act({ scope: "admin:write", input: Named }, input, (ctx, { id }) => deleteProviderKey(ctx, id));
}
