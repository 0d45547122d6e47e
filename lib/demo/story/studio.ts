import { updateAutoTopup } from "#lib/billing/automatic";
import { settleFailed, settlePaid } from "#lib/billing/payments";
import { type PackageName, packages } from "#lib/billing/prices";
import { insertTopup, selectTopup } from "#lib/billing/queries";
import { setAlertSettings, setDailyBudget, setLimit } from "#lib/budgets/service";
import { systemContext } from "#lib/context";
import { systemTransaction } from "#lib/db/transaction";
import { colleagues, founder, join } from "#lib/demo/people";
import { dearestDay, noteReached } from "#lib/demo/sum-queries";
import type { Scene } from "#lib/demo/timeline";
import { as, daysAgo, inOne, type World } from "#lib/demo/world";
import { randomText, uuidv7 } from "#lib/id";
import type { CreateKey } from "#lib/keys/schema";
import { createKey, revokeKey, rotateKey } from "#lib/keys/service";
import { addCredits } from "#lib/ledger/service";
import { insertInvitation } from "#lib/organizations/queries";
import { setRetentionDays } from "#lib/privacy/service";
import { recordUsage } from "#lib/records/service";
import { getBudget, setBudget } from "#lib/usage/budget/service";

/** More than all agents of the story together: they are all held against the day on which it is told. */
const unlimitedMicros = 1_000_000_000_000;

function key(world: World, ago: number, input: CreateKey & { name: string }): Scene {
  return {
    at: daysAgo(world, ago, 5),
    async play() {
      // Nobody's: whoever makes a key is mailed when it should be rotated, and these people have no mail.
      const { apiKey } = await createKey(systemContext(world.organizationId, "req_demo"), input);
      world.keys.set(input.name, apiKey.id);
    },
  };
}

const idOf = ({ keys }: World, name: string) => keys.get(name) ?? "";

function keyScenes(world: World): Scene[] {
  const first = world.days - 1;
  const owner = as(world, founder);
  return [
    key(world, first, { name: "Production", scopes: ["agents:read", "agents:write"], signing: true }),
    key(world, first, { name: "Website", scopes: ["agents:write"] }),
    key(world, first, { name: "CI", environment: "staging", scopes: ["agents:read", "agents:write"] }),
    key(world, Math.round(first * 0.6), { name: "Laptop (Daniel)", environment: "dev" }),
    key(world, 20, { name: "Reporting", scopes: ["agents:read", "billing:read"] }),
    { at: daysAgo(world, 40, 9), play: () => rotateKey(owner, idOf(world, "Production"), {}) },
    {
      at: daysAgo(world, 33, 11),
      play: () =>
        revokeKey(owner, idOf(world, "Laptop (Daniel)"), {
          reason: "The laptop was lost on a train.",
          notify_user: false,
        }),
    },
    // Its old secret works for two more days: what the list shows as rotating.
    { at: daysAgo(world, 0, 1), play: () => rotateKey(owner, idOf(world, "Website"), { grace_hours: 48 }) },
  ];
}

function topup(world: World, ago: number, name: PackageName, isPaid = true): Scene {
  const { organizationId } = world;
  return {
    at: daysAgo(world, ago, 5),
    play: () =>
      systemTransaction(async (tx) => {
        const id = uuidv7();
        const made = { id, organizationId, userId: founder.userId, savesPaymentMethod: false, idempotencyKey: null };
        await insertTopup(tx, { ...made, package: name, ...packages[name] });
        const row = await selectTopup(tx, organizationId, id);
        if (!row) throw new Error("The top-up was not stored.");
        if (isPaid) await settlePaid(tx, row);
        else await settleFailed(tx, row, "expired", null);
      }),
  };
}

function creditScenes(world: World): Scene[] {
  const { organizationId, days } = world;
  const owner = as(world, founder);
  const promotion = { type: "grant", amount: 500, description: "Launch promotion", reference: "promo:launch" } as const;
  return [
    topup(world, days - 1, "starter"),
    {
      at: daysAgo(world, days - 3, 9),
      play: () => systemTransaction((tx) => addCredits(tx, { organizationId }, promotion)),
    },
    topup(world, Math.round(days * 0.55), "starter", false),
    topup(world, Math.round(days * 0.5), "starter"),
    topup(world, 18, "starter"),
    {
      at: daysAgo(world, 17, 10),
      // Kept for the day somebody switches it on: without a card nothing is bought by itself.
      play: () => updateAutoTopup(owner, { enabled: false, threshold: 400, package: "starter", daily_cap: 2_000 }),
    },
  ];
}

function peopleScenes(world: World): Scene[] {
  const { organizationId, days } = world;
  const owner = as(world, founder);
  const email = "noor.haddad@northwind.example";
  return [
    ...colleagues.map((person, index) => ({
      at: daysAgo(world, days - 1 - Math.min(days - 2, index * 9), 5),
      play: () => join(organizationId, person),
    })),
    {
      at: daysAgo(world, 2, 9),
      // Stored as an invitation is, but not mailed.
      play: () =>
        inOne(owner, async (ctx) => {
          const invitation = { id: uuidv7(), organizationId, email, role: "member", invitedBy: founder.userId };
          // Of a token that nobody was given.
          await insertInvitation(ctx.tx, { ...invitation, tokenHash: Buffer.from(randomText(32)) });
          await recordUsage(ctx.tx, ctx, "member_invited", email);
        }),
    },
  ];
}

/** People, keys, credits, and the settings that the story begins with. */
export function studioScenes(world: World): Scene[] {
  const owner = as(world, founder);
  return [
    {
      at: daysAgo(world, world.days - 1, 4),
      async play() {
        await setDailyBudget(owner, unlimitedMicros);
        // What was said stays readable as far back as the story goes.
        await setRetentionDays(owner, 365);
      },
    },
    ...peopleScenes(world),
    ...keyScenes(world),
    ...creditScenes(world),
  ];
}

/** A little more than the dearest day took, so that this day was near its budget. */
const roundedUp = (micros: number) => Math.max(1, Math.ceil((micros * 1.06) / 50_000)) * 50_000;

/** The budgets that the organization is left with, of what its days took. After the times were moved. */
export async function setBudgets(world: World): Promise<void> {
  const owner = as(world, founder);
  const production = idOf(world, "Production");
  await setAlertSettings(owner, { alertPercents: [70, 90], alertMail: false });
  await setDailyBudget(owner, roundedUp(await dearestDay(owner, "organization", "")));
  await setLimit(owner, {
    scope: "key",
    subject: production,
    micros: roundedUp(await dearestDay(owner, "key", production)),
  });
  const team = "team_research";
  await setLimit(owner, { scope: "team", subject: team, micros: roundedUp(await dearestDay(owner, "team", team)) });
  await noteReached(owner);
}

/** Far enough above what this month used that no alert is due, which would be mailed. After the times were moved. */
export async function setMonthlyBudget(world: World): Promise<void> {
  const owner = as(world, founder);
  const { budget } = await getBudget(owner);
  await setBudget(owner, { monthlyCredits: Math.max(500, Math.ceil((budget.creditsUsed * 2.4) / 250) * 250) });
}
