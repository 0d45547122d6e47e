"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { CreateApp, type SigningSecret, UpdateApp } from "#lib/apps/schema";
import { createApp, deleteApp, updateApp } from "#lib/apps/service";
import { createSigningSecret, deleteSigningSecret } from "#lib/apps/signing";
import { act } from "../../action";

const App = z.object({ id: z.uuid() });
const Change = UpdateApp.extend({ id: z.uuid() });
type Done = ActionResult<{ message: string }>;

/** Makes an app. */
export async function createAppAction(input: CreateApp): Promise<ActionResult<{ id: string }>> {
  return act({ scope: "agents:write", input: CreateApp }, input, async (ctx, app) => ({
    id: (await createApp(ctx, app)).app.id,
  }));
}

/** Changes what is given; the service asks for more than this scope where signatures are concerned. */
export async function updateAppAction(input: z.input<typeof Change>): Promise<ActionResult<{ name: string }>> {
  return act({ scope: "agents:write", input: Change }, input, async (ctx, { id, ...change }) => ({
    name: (await updateApp(ctx, id, change)).app.name,
  }));
}

/** Deletes an app with everything in it. */
export async function deleteAppAction(input: z.input<typeof App>): Promise<Done> {
  return act({ scope: "agents:write", input: App }, input, (ctx, { id }) => deleteApp(ctx, id));
}

/** Gives an app a new secret for package signatures; the answer holds the only copy. */
export async function createSigningSecretAction(input: z.input<typeof App>): Promise<ActionResult<SigningSecret>> {
  return act({ scope: "admin:write", input: App }, input, (ctx, { id }) => createSigningSecret(ctx, id));
}

/** Takes the secret away. */
export async function deleteSigningSecretAction(input: z.input<typeof App>): Promise<Done> {
  return act({ scope: "admin:write", input: App }, input, (ctx, { id }) => deleteSigningSecret(ctx, id));
}
