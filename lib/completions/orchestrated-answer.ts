import type { Orchestration } from "#lib/completions/orchestrated";
import { AppError } from "#lib/errors";
import { randomText } from "#lib/id";
import { log } from "#lib/log";
import { doneEvent, errorEvent, eventStream, jsonEvent } from "#lib/models/completion-stream";
import type { Execution } from "#lib/runs/execute";

/** Proxies cut connections that say nothing; clients ignore comments. */
const keepAliveMs = 5_000;
const encoder = new TextEncoder();
const keepAlive = encoder.encode(": working\n\n");

function frameOf({ model }: Orchestration, object: "chat.completion" | "chat.completion.chunk") {
  return { id: `chatcmpl-${randomText(24)}`, object, created: Math.floor(Date.now() / 1_000), model };
}

function usageOf({ steps }: Execution) {
  const input = steps.reduce((sum, step) => sum + step.inputTokens, 0);
  const output = steps.reduce((sum, step) => sum + step.outputTokens, 0);
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

/** What an orchestration's answer tells beside the text: which run it was, and who answered. */
function factsOf({ runId }: Orchestration, { result, steps }: Execution) {
  return {
    model: result.model,
    ...(steps.some((step) => step.simulated) ? { simulated: true as const } : {}),
    baton: { run_id: runId, score: result.score, steps: steps.length },
  };
}

/** The answer in one piece. */
export function wholeOf(orchestration: Orchestration, execution: Execution): Response {
  const { output, model } = execution.result;
  const message = { role: "assistant", content: output, refusal: null };
  const whole = {
    ...frameOf(orchestration, "chat.completion"),
    ...factsOf(orchestration, execution),
    choices: [{ index: 0, message, logprobs: null, finish_reason: "stop" }],
    usage: usageOf(execution),
  };
  return Response.json(whole, { headers: { "x-baton-model": model } });
}

/** The text in pieces of a few words, as clients expect it of a stream. */
function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,40}(?=\s|$)|[\s\S]{1,40}/g) ?? [];
}

/** Waits for the next step or the end, at most for a moment. */
async function nextOf(work: Promise<unknown>, stepped: Promise<void>): Promise<"step" | "end" | "nothing"> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<"nothing">((resolve) => {
    timer = setTimeout(() => resolve("nothing"), keepAliveMs);
  });
  const end = () => "end" as const;
  try {
    return await Promise.race([work.then(end, end), stepped.then(() => "step" as const), quiet]);
  } finally {
    clearTimeout(timer);
  }
}

async function* eventsOf(
  orchestration: Orchestration,
  left: AbortController,
  gone: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const leave = () => left.abort(new Error("The caller has left."));
  gone.addEventListener("abort", leave, { once: true });
  let stepped = Promise.withResolvers<void>();
  const work = orchestration.carryOut(() => stepped.resolve());
  work.catch(() => undefined);
  const head = frameOf(orchestration, "chat.completion.chunk");
  const includesUsage = orchestration.body.stream_options?.include_usage === true;
  const chunk = (delta: object, facts: object, finish_reason: string | null = null) => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason }];
    return jsonEvent({ ...head, ...facts, choices, ...(includesUsage ? { usage: null } : {}) });
  };
  let hasBegun = false;
  try {
    // What goes wrong with the first call is still an ordinary error.
    for (
      let event = await nextOf(work, stepped.promise);
      event !== "end";
      event = await nextOf(work, stepped.promise)
    ) {
      if (event === "step") stepped = Promise.withResolvers<void>();
      yield hasBegun ? keepAlive : chunk({ role: "assistant", content: "" }, {});
      hasBegun = true;
    }
    const execution = await work;
    const facts = factsOf(orchestration, execution);
    if (!hasBegun) yield chunk({ role: "assistant", content: "" }, facts);
    for (const content of piecesOf(execution.result.output)) yield chunk({ content }, facts);
    yield chunk({}, facts, "stop");
    if (includesUsage) yield jsonEvent({ ...head, ...facts, choices: [], usage: usageOf(execution) });
    yield doneEvent;
  } catch (error) {
    if (left.signal.aborted) return;
    if (!hasBegun) throw error;
    const known = error instanceof AppError ? error : new AppError("internal", "Something went wrong on our side.");
    if (known !== error) log.error({ err: error, runId: orchestration.runId }, "an orchestration broke off");
    yield errorEvent(known.message, known.reason ?? known.code);
  } finally {
    leave();
    // The run is cancelled, or has ended, before anybody is told that the stream is over.
    await work.catch(() => undefined);
  }
}

/** The answer as a stream: a comment from time to time while rounds run, the text when it is known, the end once it is stored. */
export function orchestratedStream(orchestration: Orchestration, left: AbortController): Promise<Response> {
  return eventStream((gone) => eventsOf(orchestration, left, gone), { "x-baton-model": orchestration.model });
}
