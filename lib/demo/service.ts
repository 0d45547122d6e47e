import { backdate } from "#lib/demo/backdate";
import { takeLock } from "#lib/demo/lock";
import { admit, found } from "#lib/demo/people";
import { findDemo } from "#lib/demo/queries";
import { seeded } from "#lib/demo/random";
import { removeDemo } from "#lib/demo/remove";
import { agentScenes } from "#lib/demo/story/agents";
import { appScenes } from "#lib/demo/story/apps";
import { callScenes } from "#lib/demo/story/calls";
import { deskScenes } from "#lib/demo/story/desk";
import { hookScenes } from "#lib/demo/story/hooks";
import { orchestrationScenes } from "#lib/demo/story/orchestrations";
import { pricingScenes } from "#lib/demo/story/pricing";
import { runScenes } from "#lib/demo/story/runs";
import { setBudgets, setMonthlyBudget, studioScenes } from "#lib/demo/story/studio";
import { playScene, playScenes, type Scene } from "#lib/demo/timeline";
import type { World } from "#lib/demo/world";
import { rollUpUsage } from "#lib/usage/rollup";

const seed = 20_261;
/** Four months. */
const storyDays = 122;
const dayMs = 24 * 3_600_000;
const rollUpMs = 30_000;

export type FillOptions = {
  /** Whose the filled organization is to be, beside its made-up founder. */
  ownerId: string;
  signal: AbortSignal;
  onProgress: (line: string) => void;
  /** How much happens; 1 unless said. */
  volume?: number;
};

function scenesOf(world: World): Scene[] {
  return [
    studioScenes,
    appScenes,
    runScenes,
    callScenes,
    orchestrationScenes,
    agentScenes,
    pricingScenes,
    deskScenes,
    hookScenes,
  ].flatMap((make) => make(world));
}

async function fill({ ownerId, signal, onProgress, volume = 1 }: FillOptions): Promise<string> {
  // What an earlier start did not finish is no use: times are moved only at the end.
  if (await removeDemo()) onProgress("Demo: the last start did not finish it; beginning anew");
  const now = new Date();
  const { made: organizationId, moment } = await playScene(new Date(now.getTime() - storyDays * dayMs), found);
  const story = { random: seeded(seed), days: storyDays, volume, now, keys: new Map(), appIds: new Map() };
  const world: World = { organizationId, signal, ...story };
  const scenes = scenesOf(world);
  const tell = (done: number, all: number) => onProgress(`Demo: ${Math.round((100 * done) / all)} % of four months`);
  const moments = await playScenes(scenes, signal, tell);
  await backdate(organizationId, [moment, ...moments]);
  await rollUpUsage(rollUpMs);
  await setBudgets(world);
  await setMonthlyBudget(world);
  await admit(organizationId, ownerId);
  return organizationId;
}

/**
 * Makes the organization of made-up data once, through the functions of the domain, and opens it to its owner when it is
 * whole; a process that is killed meanwhile leaves one that nobody sees and the next call replaces. Calls no model, no
 * mail server and no web hook. Of several processes at once one does it. Answers what became of it; throws the signal's
 * reason.
 */
export async function fillDemo(options: FillOptions): Promise<"filled" | "there" | "elsewhere"> {
  const release = await takeLock();
  if (!release) return "elsewhere";
  try {
    if ((await findDemo())?.demoState === "filled") return "there";
    await fill(options);
    return "filled";
  } finally {
    await release();
  }
}
