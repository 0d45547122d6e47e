import type { Context } from "#lib/context";
import { founder } from "#lib/demo/people";
import type { Scene } from "#lib/demo/timeline";
import { as, daysAgo, inOne, type World } from "#lib/demo/world";
import { OutgoingError } from "#lib/http-out/target";
import { uuidv7 } from "#lib/id";
import { attemptDelivery } from "#lib/webhooks/attempt";
import { insertAttempt, selectForReplay } from "#lib/webhooks/attempt-queries";
import { insertDelivery } from "#lib/webhooks/deliveries/queries";
import { insertEndpoint, updateEndpoint } from "#lib/webhooks/register/queries";
import { defaultRatePerMinute, endpointsMax } from "#lib/webhooks/register/service";
import { payloadOf } from "#lib/webhooks/service";

const url = "https://hooks.northwind.example/baton";
const events = ["deployment.completed", "deployment.failed", "deployment.started"] as const;

/** Says of every name that there is none: nobody is asked, and nothing leaves this machine. */
const nowhere = async (host: string) => {
  throw new OutgoingError("unresolvable", `${host} has no address: it belongs to the demo.`);
};

/** A delivery that is tried once, in vain, and given up in the transaction that stores it. */
async function deliver(ctx: Required<Context>, endpointId: string, signal: AbortSignal, event: string) {
  const { organizationId, tx } = ctx;
  const payload = payloadOf(event, { message: "Made up for the demo." });
  const { id } = await insertDelivery(tx, organizationId, endpointId, event, payload);
  const claimed = await selectForReplay(tx, organizationId, id);
  if (!claimed) throw new Error("The delivery was not stored.");
  const outcome = await attemptDelivery(claimed, { isManual: false, signal, resolve: nowhere });
  await insertAttempt(tx, organizationId, claimed, outcome, null);
}

/**
 * A web hook of an address that is reserved for examples. It is switched off in the transaction that stores it, so that
 * nothing of the demo is ever sent to it; its log shows deliveries that failed.
 */
export function hookScenes(world: World): Scene[] {
  const { signal, organizationId } = world;
  const ctx = as(world, founder);
  let endpointId = "";
  return [
    {
      at: daysAgo(world, 24, 9),
      play: () =>
        inOne(ctx, async ({ tx }) => {
          const of = { url, events, description: "Tells the studio's chat.", ratePerMinute: defaultRatePerMinute };
          const made = { id: uuidv7(), createdBy: founder.userId, sealedSecret: null, ...of };
          const scope = { type: "agent_app", id: world.appIds.get("Support reply") ?? "" } as const;
          const row = await insertEndpoint(tx, organizationId, scope, made, endpointsMax);
          if (!row) throw new Error("The web hook was not stored.");
          endpointId = row.id;
          await updateEndpoint(tx, organizationId, endpointId, { ...row, active: false });
        }),
    },
    ...[20, 12, 11, 7, 4, 1].map((ago, index) => ({
      at: daysAgo(world, ago, 17),
      play: () =>
        inOne(ctx, (within) => deliver(within, endpointId, signal, events[index % events.length] ?? events[0])),
    })),
  ];
}
