import { z } from "zod";
import { RunDetailsView, RunView, runDetailsView, runView } from "#lib/mcp/run-view";
import { ends, reads, tool } from "#lib/mcp/tool";
import { runLink } from "#lib/mcp/uris";
import { tellUntilEnd } from "#lib/mcp/wait";
import { cancelRun as cancel } from "#lib/runs/cancel";
import { streamRun } from "#lib/runs/follow";
import { listFilteredRuns } from "#lib/runs/list";
import { RunFilter, runStatuses } from "#lib/runs/list-schema";
import { getRun as findRun } from "#lib/runs/service";

const RunId = z.string().min(1).max(64);
const previewCharacters = 500;

export const getRun = tool({
  name: "get_run",
  title: "Get a run",
  description:
    "Gets a run with its result and its model calls. Every prompt, chat, orchestration, agent and app call is a run. With wait_seconds it waits for the end first and tells progress meanwhile.",
  scope: "agents:read",
  counts: { family: "cloud" },
  hints: reads,
  input: z.object({
    run_id: RunId,
    wait_seconds: z.int().min(0).max(300).default(0).meta({ description: "Seconds to wait for the end, 0 to 300." }),
  }),
  output: RunDetailsView,
  links: (output) => [runLink(output.run_id)],
  run: async ({ ctx, input, signal, progress }) => {
    if (input.wait_seconds > 0)
      await tellUntilEnd(await streamRun(ctx, input.run_id, 0), input.wait_seconds, { signal, progress });
    return runDetailsView(await findRun(ctx, input.run_id));
  },
});

export const listRuns = tool({
  name: "list_runs",
  title: "List runs",
  description: `Lists runs, newest first unless sorted otherwise. Outputs are cut to ${previewCharacters} characters; get_run has all of one.`,
  scope: "agents:read",
  counts: { family: "cloud" },
  hints: reads,
  input: RunFilter.extend({
    limit: z.int().min(1).max(50).default(20),
    offset: z.int().min(0).max(1_000_000).default(0),
  }),
  output: z.object({
    runs: z.array(RunView),
    next_offset: z.int().nullable().meta({ description: "The offset of the next page; null when there is none." }),
  }),
  run: async ({ ctx, input: { limit, offset, ...filter } }) => {
    const { items, hasNext } = await listFilteredRuns(ctx, filter, { limit, offset });
    const runs = items.map(runView).map((run) => ({ ...run, output: run.output?.slice(0, previewCharacters) ?? null }));
    return { runs, next_offset: hasNext ? offset + limit : null };
  },
});

export const cancelRun = tool({
  name: "cancel_run",
  title: "Cancel a run",
  description:
    "Stops a run that waits or works; whoever works on it stops within a second. One that has ended stays as it is.",
  scope: "agents:write",
  counts: { family: "cloud" },
  hints: ends,
  input: z.object({ run_id: RunId }),
  output: z.object({
    run_id: z.uuid(),
    cancelled: z.boolean().meta({ description: "false: it had ended already." }),
    status: z.enum(runStatuses),
  }),
  links: (output) => [runLink(output.run_id)],
  run: async ({ ctx, input }) => {
    const cancelled = await cancel(ctx, input.run_id);
    const { id, status } = await findRun(ctx, input.run_id);
    return { run_id: id, cancelled, status };
  },
});
