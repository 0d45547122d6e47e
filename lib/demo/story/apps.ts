import { createApp, updateApp } from "#lib/apps/service";
import { createSigningSecret } from "#lib/apps/signing";
import { colleagues, founder } from "#lib/demo/people";
import { answered, failed, modelWeights } from "#lib/demo/steps";
import { carryThrough, release, upload } from "#lib/demo/story/packages";
import { messages } from "#lib/demo/texts";
import type { Scene } from "#lib/demo/timeline";
import { as, calendar, daysAgo, inOne, timesOf, type World, withKey } from "#lib/demo/world";
import { rollBack } from "#lib/deployments/service";
import { debitCredits } from "#lib/ledger/service";
import { listPackages } from "#lib/packages/service";
import { recordEvent, recordUsage } from "#lib/records/service";
import { providerCost } from "#lib/runs/cost";
import type { Step } from "#lib/runs/schema";
import { completeRun, failRun, recordStep, startRun } from "#lib/runs/service";
import { refundInvocation } from "#lib/runtime/invocations/carry-out";
import { closeInvocation, insertInvocation, selectCurrent } from "#lib/runtime/invocations/queries";
import { invocationCredits } from "#lib/runtime/invocations/schema";

const support = "Support reply";
const notes = "Release notes";
const examples = { [support]: "support-reply", [notes]: "release-notes-team" } as const;
type AppName = keyof typeof examples;

const idOf = ({ appIds }: World, name: AppName) => appIds.get(name) ?? "";

function version(world: World, ago: number, name: AppName, number: string, releaseNotes: string, note = ""): Scene {
  const developer = as(world, colleagues[0] ?? founder);
  return {
    at: daysAgo(world, ago, 6),
    async play() {
      const made = { appId: idOf(world, name), example: examples[name], version: number, note, releaseNotes };
      const { deploymentId } = await release(developer, made);
      await carryThrough(developer, deploymentId);
    },
  };
}

/** The app asks for signatures while an unsigned package waits: the first step refuses it, and its credits come back. */
function refused(world: World, ago: number): Scene {
  const developer = as(world, colleagues[0] ?? founder);
  return {
    at: daysAgo(world, ago, 10),
    async play() {
      const appId = idOf(world, support);
      await createSigningSecret(developer, appId);
      const made = {
        appId,
        example: examples[support],
        version: "1.2.0",
        releaseNotes: "Answers in the customer's language.",
      };
      const { deploymentId } = await release(developer, made, (work) =>
        inOne(developer, async (ctx) => {
          const id = await work(ctx);
          await updateApp(ctx, appId, { require_signature: true });
          return id;
        }),
      );
      await carryThrough(developer, deploymentId);
      await updateApp(developer, appId, { require_signature: false });
    },
  };
}

function rolledBack(world: World, ago: number): Scene {
  const developer = as(world, colleagues[0] ?? founder);
  return {
    at: daysAgo(world, ago, 15),
    async play() {
      const appId = idOf(world, support);
      const { packages } = await listPackages(developer, appId);
      const before = packages.find((one) => one.version === "1.2.1");
      if (!before) throw new Error("The version to go back to is not there.");
      const input = { package_id: before.id, release_notes: "1.3.0 promised refunds it may not promise." };
      const { deployment } = await rollBack(developer, appId, input);
      await carryThrough(developer, deployment.id);
    },
  };
}

type Call = { steps: Step[]; input: unknown; output: string; isRefined: boolean };

function supportCall({ random }: World): Call {
  const [message, reply] = random.pick(messages);
  const model = random.weighted(modelWeights);
  const input = { message, tone: random.chance(0.7) ? "friendly" : "formal" };
  if (random.chance(0.05)) return { input, output: "", isRefined: true, steps: [failed(random, model)] };
  const judged = {
    name: "evaluate",
    score: random.between(78, 95) / 10,
    feedback: "Says what to do.",
    outputTokens: 50,
  } as const;
  const steps = [
    answered(random, model, reply, { round: 1 }),
    answered(random, "sonnet", "Good.", { ...judged, round: 1 }),
  ];
  return { input, output: reply, steps, isRefined: true };
}

function notesCall({ random }: World): Call {
  const changes = ["Guests may change the date themselves", "The calendar opens on the next free day"];
  const output =
    "New: guests change the date of a booking themselves. Improved: the calendar opens on the next free day.";
  const steps = [
    answered(random, "claude", "New: date changes. Improved: first page of the calendar."),
    answered(random, "gpt4", `${output} Fixed: smaller things.`),
    answered(random, "sonnet", output, { name: "merge" }),
  ];
  return { input: { version: `3.${random.between(1, 9)}`, changes }, output, steps, isRefined: false };
}

/** A paid call of what is live at the time; one that fails is refunded. */
function call(world: World, ago: number): Scene {
  const isSupport = ago < world.days - 22 ? world.random.chance(0.75) : true;
  const name = isSupport ? support : notes;
  const { steps, input, output, isRefined } = isSupport ? supportCall(world) : notesCall(world);
  const model = steps.at(0)?.model ?? "";
  const run = { kind: "invocation", strategy: isRefined ? "refine" : "team", model, input } as const;
  const play = () =>
    inOne(withKey(world, "Website"), async (ctx) => {
      const agentAppId = idOf(world, name);
      const current = await selectCurrent(ctx.tx, ctx, agentAppId);
      const { packages } = await listPackages(ctx, agentAppId);
      const live = packages.find(({ id }) => id === current?.packageId);
      if (!live) throw new Error(`Nothing of ${name} is live.`);
      const { id: runId } = await startRun(ctx, run);
      const debitReference = `invocation:${runId}`;
      const made = { runId, agentAppId, packageId: live.id, version: live.version, mode: "sync" } as const;
      const unkeyed = { idempotencyKey: null, bodyHash: null, deploymentId: current?.deploymentId ?? null };
      await insertInvocation(ctx.tx, ctx, { ...made, ...unkeyed, debitReference });
      const debit = { amount: invocationCredits, description: "Agent invocation", reference: debitReference };
      await debitCredits(ctx.tx, ctx, debit);
      for (const step of steps) await recordStep(ctx, runId, step);
      const last = steps.at(-1);
      if (last?.status === "failed") {
        const { errorCode, errorMessage } = last;
        await failRun(ctx, runId, { status: "failed", errorCode: errorCode ?? "", errorMessage: errorMessage ?? "" });
        await refundInvocation(ctx, runId);
        return;
      }
      await completeRun(ctx, runId, { output, score: last?.score ?? null, model });
      await closeInvocation(ctx.tx, ctx, runId);
      const details = { model, agentAppId, runId, costMicros: providerCost(steps) };
      await recordUsage(
        ctx.tx,
        ctx,
        "invocation",
        `Invocation of ${name} v${live.version}`,
        invocationCredits,
        details,
      );
      const told = { run_id: runId, agent_app_id: agentAppId, package_version: live.version, model };
      await recordEvent(ctx.tx, ctx, "invocation.completed", told);
    });
  return { at: daysAgo(world, ago), play };
}

/** Two apps with their versions: live ones, one that failed, one that was rolled back; and what called them. */
export function appScenes(world: World): Scene[] {
  const { days } = world;
  const at = (share: number) => Math.round((days - 1) * share);
  const app = (ago: number, name: AppName, description: string): Scene => ({
    at: daysAgo(world, ago, 5),
    async play() {
      const { app } = await createApp(as(world, founder), { name, description });
      world.appIds.set(name, app.id);
    },
  });
  return [
    app(days - 1, support, "Drafts answers to customers of the booking widget."),
    version(world, days - 1, support, "1.0.0", "First version."),
    version(world, at(0.8), support, "1.1.0", "Asks instead of guessing.", "Ask one question at most."),
    app(days - 20, notes, "Turns changes into notes that customers read."),
    version(world, days - 20, notes, "1.0.0", "First version."),
    refused(world, at(0.5)),
    version(world, at(0.49), support, "1.2.1", "Shorter answers.", "Stay below 90 words."),
    version(world, at(0.4), notes, "1.1.0", "Groups fixes by page.", "Group fixes by page."),
    version(world, 12, support, "1.3.0", "Offers refunds by itself.", "Offer a refund when the message asks for one."),
    rolledBack(world, 11),
    {
      at: daysAgo(world, 3, 14),
      play: () => {
        const app = { appId: idOf(world, support), example: examples[support] };
        return upload(as(world, founder), { ...app, version: "1.4.0-beta.1", releaseNotes: "Not deployed yet." });
      },
    },
    version(world, 4, notes, "1.2.0", "British spelling.", "Use British spelling."),
    ...calendar(world).flatMap(({ ago, load }) =>
      ago < days - 1 ? Array.from({ length: timesOf(world, 2.2 * load) }, () => call(world, ago)) : [],
    ),
  ];
}
