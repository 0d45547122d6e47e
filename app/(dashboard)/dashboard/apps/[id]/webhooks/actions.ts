"use server";

import { z } from "zod";
import type { ActionResult } from "#components/use-action";
import { replayDelivery, replayFailed, testWebhook } from "#lib/webhooks/deliveries/service";
import { createWebhook, deleteWebhook, rotateWebhookSecret, updateWebhook } from "#lib/webhooks/register/service";
import {
  CreateAppWebhook,
  type CreatedWebhook,
  Replay,
  ReplayFailed,
  type RotatedSecret,
  RotateSecret,
  UpdateAppWebhook,
} from "#lib/webhooks/schema";
import { act } from "../../../../action";

const App = z.object({ appId: z.uuid() });
const Hook = App.extend({ id: z.uuid() });
const Creation = CreateAppWebhook.extend(App.shape);
const Change = UpdateAppWebhook.extend(Hook.shape);
const Rotation = RotateSecret.extend(Hook.shape);
const Again = Replay.extend({ ...Hook.shape, deliveryId: z.uuid() });
const AllAgain = ReplayFailed.extend(Hook.shape);

const register = (appId: string) => ({ type: "agent_app" as const, id: appId });

/** Registers a web hook; the answer holds the only copy of a secret that was made for it. */
export async function createWebhookAction(
  input: z.input<typeof Creation>,
): Promise<ActionResult<CreatedWebhook["webhook"]>> {
  return act(
    { scope: "admin:write", input: Creation },
    input,
    async (ctx, { appId, ...webhook }) => (await createWebhook(ctx, register(appId), webhook)).webhook,
  );
}

/** Changes what is given; `active` switches it off and on. */
export async function updateWebhookAction(input: z.input<typeof Change>): Promise<ActionResult<{ url: string }>> {
  return act({ scope: "admin:write", input: Change }, input, async (ctx, { appId, id, ...change }) => ({
    url: (await updateWebhook(ctx, register(appId), id, change)).webhook.url,
  }));
}

/** Gives a web hook a new secret; the answer holds the only copy. */
export async function rotateSecretAction(
  input: z.input<typeof Rotation>,
): Promise<ActionResult<RotatedSecret["webhook"]>> {
  return act(
    { scope: "admin:write", input: Rotation },
    input,
    async (ctx, { appId, id, ...rotation }) => (await rotateWebhookSecret(ctx, register(appId), id, rotation)).webhook,
  );
}

/** Deletes a web hook with its log. */
export async function deleteWebhookAction(input: z.input<typeof Hook>): Promise<ActionResult<{ message: string }>> {
  return act({ scope: "admin:write", input: Hook }, input, (ctx, { appId, id }) =>
    deleteWebhook(ctx, register(appId), id),
  );
}

/** Sends a test event; answers its delivery. */
export async function testWebhookAction(input: z.input<typeof Hook>): Promise<ActionResult<{ id: string }>> {
  return act({ scope: "admin:write", input: Hook }, input, async (ctx, { appId, id }) => ({
    id: (await testWebhook(ctx, register(appId), id)).delivery.id,
  }));
}

/** Sends a delivery again; `confirm` for one that arrived already. */
export async function replayAction(input: z.input<typeof Again>): Promise<ActionResult<{ id: string }>> {
  return act({ scope: "admin:write", input: Again }, input, async (ctx, { appId, id, deliveryId, confirm }) => ({
    id: (await replayDelivery(ctx, register(appId), id, deliveryId, { confirm })).delivery.id,
  }));
}

/** Sends everything again that was given up since a time. */
export async function replayFailedAction(input: z.input<typeof AllAgain>): Promise<ActionResult<{ replayed: number }>> {
  return act({ scope: "admin:write", input: AllAgain }, input, (ctx, { appId, id, since }) =>
    replayFailed(ctx, register(appId), id, since),
  );
}
