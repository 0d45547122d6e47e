import type { Baton } from "../../client.ts";
import { BatonError } from "../../errors.ts";
import type { BatonEvent } from "../../sse.ts";
import type { LooseOptions } from "../../types.ts";
import type { Cli } from "../cli.ts";
import { command } from "../command.ts";
import { exitCodes } from "../exit-codes.ts";
import { describe, Failure } from "../failure.ts";
import { findApp, isId } from "../lookup.ts";
import { runLine } from "../run-events.ts";

/** A stream of events, and what of it is asked for. */
type Feed = { operation: string; options: LooseOptions; isWanted(event: BatonEvent): boolean };

const every = () => true;

async function exists(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof BatonError && [400, 404, 422].includes(error.status)) return false;
    throw error;
  }
}

const runFeed = (id: string): Feed => ({
  operation: "GET /api/runs/{id}/events",
  options: { params: { id } },
  isWanted: every,
});

/** The feed of a thing with an id: a deployment, an orchestration session, an agent, a run. Nothing when it is none of them. */
async function feedOfThing(baton: Baton, id: string): Promise<Feed | undefined> {
  const params = { id };
  if (id.startsWith("subagent_")) return runFeed((await baton.request("GET /api/agent/{id}", { params })).run_id);
  if (/^[0-9a-f]{24}$/.test(id)) {
    if (!(await exists(baton.request("GET /api/sessions/{id}", { params })))) return undefined;
    return { operation: "GET /api/sessions/{id}/events", options: { params }, isWanted: every };
  }
  if (!isId(id)) return undefined;
  if (await exists(baton.request("GET /api/deployments/{id}", { params }))) {
    return { operation: "GET /api/deployments/{id}/events", options: { params }, isWanted: every };
  }
  const open = baton.raw("GET /api/runs/{id}/events", { params, headers: { accept: "text/event-stream" } });
  return (await exists(open.then((response) => response.body?.cancel()))) ? runFeed(id) : undefined;
}

/** The events of the whole organization, or of one app among them. */
async function organizationFeed(baton: Baton, name: string | undefined): Promise<Feed> {
  const app = name === undefined ? undefined : await findApp(baton, name);
  const isWanted = ({ data }: BatonEvent) => !app || data.data?.agent_app_id === app.id;
  return { operation: "GET /api/events", options: {}, isWanted };
}

function show(cli: Cli, { id, event, data }: BatonEvent): void {
  // The organization's events carry their facts one level lower.
  const told = data.data ? { timestamp: data.timestamp, ...data.data } : data;
  if (cli.out.isJson) cli.out.record({ id, event, data });
  else cli.out.line(runLine(cli.out, event, told, true));
}

/** What happened last, oldest first; answers the id behind which to go on. */
async function showLatest(cli: Cli, baton: Baton, feed: Feed, count: number): Promise<string> {
  const latest: BatonEvent[] = [];
  let looked = 0;
  let last = "0";
  for await (const one of baton.items("GET /api/events", { query: { limit: 100 } })) {
    if (looked++ === 0) last = String(one.id);
    const event = { id: String(one.id), event: one.type, data: one };
    if (feed.isWanted(event)) latest.push(event);
    if (latest.length >= count || looked >= 1_000) break;
  }
  for (const event of latest.reverse()) show(cli, event);
  return last;
}

/** A stream that has said nothing for so long has told what there was. */
const quietMs = 1_000;

async function* untilQuiet(open: (signal: AbortSignal) => AsyncIterable<BatonEvent>, outer: AbortSignal) {
  const quiet = new AbortController();
  const stop = () => quiet.abort();
  outer.addEventListener("abort", stop, { once: true });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for await (const event of open(quiet.signal)) {
      clearTimeout(timer);
      yield event;
      timer = setTimeout(stop, quietMs);
    }
  } catch (error) {
    if (!quiet.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
  }
}

export const logs = command({
  name: "logs",
  summary: "Show the events of a deployment, run, agent, session or app",
  args: { of: { summary: "An id, or an app's name; the whole organization unless said", optional: true } },
  options: {
    follow: { type: "boolean", short: "f", summary: "Go on with what happens, taking up broken connections" },
    lines: {
      type: "integer",
      short: "n",
      value: "n",
      summary: "Of an app or the organization: how many old ones (20)",
    },
  },
  details: "Deployments and runs end by themselves; following an app, a session or the organization ends with Ctrl+C.",
  examples: ["baton logs Greeter --follow", "baton logs -f --json | jq .event"],
  async run(cli, { args, options }) {
    const baton = await cli.baton();
    const { signal } = cli;
    const thing = args.of === undefined ? undefined : await feedOfThing(baton, args.of);
    const feed =
      thing ??
      (await organizationFeed(baton, args.of).catch((error: unknown) => {
        if (describe(error).exit_code !== exitCodes.notFound) throw error;
        const advice = error instanceof Failure ? error.advice : undefined;
        const what = `There is no deployment, run, agent, session or app "${args.of}"`;
        throw new Failure(what, exitCodes.notFound, advice);
      }));
    const open = (stop: AbortSignal, headers = {}) =>
      baton.events(feed.operation, { ...feed.options, headers, signal: stop });
    if (thing) {
      for await (const event of options.follow ? open(signal) : untilQuiet(open, signal)) show(cli, event);
      return;
    }
    const last = await showLatest(cli, baton, feed, options.lines ?? 20);
    if (!options.follow) return;
    for await (const event of open(signal, { "last-event-id": last })) if (feed.isWanted(event)) show(cli, event);
  },
});
