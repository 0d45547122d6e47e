import { createAccounts, updateAccount } from "#lib/account-pool/service";
import { colleagues, founder } from "#lib/demo/people";
import type { Scene } from "#lib/demo/timeline";
import { as, daysAgo, type World } from "#lib/demo/world";
import { rotateAccount } from "#lib/handoff/rotation";
import { compressContext, smartCompress } from "#lib/handoff/service";
import { createKnowledge, updateKnowledge } from "#lib/knowledge/service";
import { addFile, createProject, updateProject } from "#lib/projects/service";
import { createSession, updateSession } from "#lib/work-sessions/service";

const projects = [
  { name: "Harbor Museum ticket shop", description: "Tickets on the phone in under a minute." },
  { name: "Booking widget 3", description: "Guests change their bookings themselves." },
  { name: "Newsletter archive", description: "1,300 issues on the new site." },
] as const;

const files = [
  ["src/checkout/seat-map.ts", "critical"],
  ["docs/decisions/payments.md", "high"],
  ["src/ui/date-picker.ts", "medium"],
] as const;

const entries = [
  {
    category: "pattern",
    title: "One screen, one question",
    description: "Checkout steps that ask one thing at a time lose fewer guests.",
    tags: "checkout,forms",
  },
  {
    category: "error_solution",
    title: "Days that are off by one",
    description: "A date without a time is midnight in UTC; build days from year, month and day.",
    tags: "dates,time zones",
  },
  {
    category: "best_practice",
    title: "Say what the error message is for",
    description: "Every message names what happened, which field, and what to do next.",
    tags: "writing,errors",
  },
  {
    category: "optimization",
    title: "Images of the first two years",
    description: "Old issues hold scans of 8 MB; 300 KB at 1600 px cannot be told apart.",
    tags: "images,archive",
  },
] as const;

const objectives = [
  [
    "Seat map by keyboard",
    "Arrow keys move between free seats; screen readers say row and price.",
    "Two rows share a number.",
  ],
  ["Timer that is announced", "The remaining time is told every minute and at thirty seconds.", null],
  ["Import of the first 400 issues", "412 imported, 9 left out with a reason each.", "Tables lose their captions."],
  ["Redirects of old links", "All links of the last five years lead to their issue.", null],
  [
    "Changing the date of a booking",
    "Guests move a booking until the day before.",
    "Refunds of the difference are open.",
  ],
  ["Smaller bundle", "The widget loads 61 KB instead of 140 KB.", null],
] as const;

const context = `Goal: guests change the date of a booking themselves.
✅ The calendar shows free days only.
✅ Two people who pay in the same second: one of them is refunded at once.
Important: the hotel's system takes at most two calls a second.
Tried: keeping the old booking until the new one is confirmed. Works, but holds two rooms.
⚠️ Refunds of the difference are not decided; ask Maya before touching them.
Next: send the new confirmation, then free the old room.
Open: what happens to breakfast that was paid already?`;

const types = ["feature", "bugfix", "development", "refactor"] as const;

/** One session of a project, from its start to its end some hours later. */
function session(world: World, ago: number, number: number, projectIds: number[], accountIds: number[]): Scene[] {
  const { random } = world;
  const ctx = as(world, random.pick(colleagues));
  const [wanted, done, blockers] = objectives[number % objectives.length] ?? objectives[0];
  const session_type = types[number % types.length] ?? "feature";
  const credits_used = random.between(38, 92);
  const start = daysAgo(world, ago, random.between(7, 11));
  const minutes = random.between(55, 320);
  let id = 0;
  const project = () => projectIds[number % projects.length] ?? 1;
  const account = () => accountIds[number % 3] ?? 1;
  return [
    {
      at: start,
      async play() {
        // The account was filled overnight.
        await updateAccount(ctx, account(), { status: "available", credits_available: 100 });
        const input = { project_id: project(), account_id: account(), session_type, objectives: wanted };
        id = (await createSession(ctx, input)).id;
      },
    },
    {
      at: new Date(start.getTime() + minutes * 60_000),
      play: () => updateSession(ctx, id, { status: "completed", credits_used, accomplishments: done, blockers }),
    },
  ];
}

/** The work desk: projects, the accounts they are worked on with, sessions, hand-overs, and what was learned. */
export function deskScenes(world: World): Scene[] {
  const { days, signal, random } = world;
  const ctx = as(world, founder);
  const projectIds: number[] = [];
  const accountIds: number[] = [];
  const account = (name: string, platform: "claude" | "chatgpt" | "gemini", specialization: string) => ({
    account_name: name,
    account_email: `${name.toLowerCase().replaceAll(" ", ".")}@northwind.example`,
    platform,
    specialization,
  });
  const accounts = [
    account("Studio one", "claude", "coding"),
    account("Studio two", "claude", "writing"),
    account("Studio three", "chatgpt", "analysis"),
    account("Spare", "gemini", "general"),
  ];
  const count = Math.max(8, Math.round(44 * Math.min(1, world.volume * 2)));
  const knowledge = entries.map((entry, index) => ({
    at: daysAgo(world, days - 15 - index * 18, 16),
    async play() {
      const { id } = await createKnowledge(ctx, { ...entry, success_rate: 1 });
      for (let uses = index; uses < 4; uses++) await updateKnowledge(ctx, id, { used: true, success: uses !== 2 });
    },
  }));
  return [
    {
      at: daysAgo(world, days - 2, 6),
      async play() {
        for (const project of projects) projectIds.push((await createProject(ctx, project)).id);
        const made = await createAccounts(ctx, { accounts });
        accountIds.push(...made.accounts.map(({ id }) => id));
        for (const [index, [file_path, importance]] of files.entries())
          await addFile(ctx, projectIds[index] ?? 1, { file_path, importance });
      },
    },
    ...knowledge,
    ...Array.from({ length: count }, (_, index) =>
      session(world, 2 + Math.round(((days - 8) * (count - 1 - index)) / count), index, projectIds, accountIds),
    ).flat(),
    ...[70, 41, 23, 8].map((ago, index) => ({
      at: daysAgo(world, ago, 19),
      play: () => {
        const input = { project_id: projectIds[index % 3] ?? 1, context, mode: "documented" as const };
        return index % 2 === 0
          ? compressContext(ctx, { ...input, knowledge_ids: [] }, signal)
          : smartCompress(ctx, { ...input, compress_level: "medium", knowledge_ids: [] }, signal);
      },
    })),
    {
      at: daysAgo(world, 5, 20),
      play: () =>
        rotateAccount(ctx, {
          current_account_id: accountIds[random.between(0, 2)] ?? 1,
          project_id: projectIds[0] ?? 1,
          dry_run: false,
        }),
    },
    // One is still open: what somebody is working on now.
    {
      at: daysAgo(world, 0, 8),
      play: () => {
        const [wanted] = objectives[4];
        const spare = { project_id: projectIds[1] ?? 1, account_id: accountIds[3] ?? 1 };
        return createSession(ctx, { ...spare, session_type: "feature", objectives: wanted });
      },
    },
    { at: daysAgo(world, 1, 18), play: () => updateProject(ctx, projectIds[2] ?? 1, { status: "completed" }) },
  ];
}
