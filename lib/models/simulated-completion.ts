import { setTimeout as sleep } from "node:timers/promises";
import { randomText } from "#lib/id";
import { log } from "#lib/log";
import { estimateTokens } from "#lib/models/catalogue";
import { answeredBy, type CompletionCall, clientGone, noUsage, outcomeOf, type Usage } from "#lib/models/completion";
import { doneEvent, eventStream, jsonEvent } from "#lib/models/completion-stream";
import { textOfContent } from "#lib/models/schema";
import { type Prompt, type Simulated, simulate, streamSimulated } from "#lib/models/simulator";

function promptOf({ body, candidate }: CompletionCall): Prompt {
  const messages = body.messages.map(({ role, content }) => ({ role, content: textOfContent(content) }));
  const limit = body.max_completion_tokens ?? body.max_tokens;
  const hasLimit = typeof limit === "number" && Number.isInteger(limit) && limit > 0;
  return { model: candidate.model.name, messages, ...(hasLimit ? { outputTokensMax: limit } : {}) };
}

function frame(call: CompletionCall, object: "chat.completion" | "chat.completion.chunk") {
  const created = Math.floor(Date.now() / 1_000);
  return { id: `chatcmpl-${randomText(24)}`, object, created, model: call.candidate.model.name, simulated: true };
}

function usageField({ inputTokens, outputTokens }: Usage) {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
  };
}

async function answerWhole(call: CompletionCall, startedAt: number): Promise<Response> {
  const answer = simulate(promptOf(call));
  try {
    await sleep(answer.delayMs, undefined, { signal: call.signal });
  } catch {
    await call.record(outcomeOf(call.candidate, { status: "cancelled", usage: noUsage, startedAt }));
    return clientGone();
  }
  await call.record(outcomeOf(call.candidate, { status: "completed", usage: usageOfAnswer(answer), startedAt }));
  const whole = {
    ...frame(call, "chat.completion"),
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: answer.text, refusal: null },
        logprobs: null,
        finish_reason: answer.finishReason,
      },
    ],
    usage: usageField(answer),
  };
  return Response.json(whole, { headers: answeredBy(call.candidate) });
}

function usageOfAnswer({ inputTokens, outputTokens }: Simulated): Usage {
  return { inputTokens, outputTokens };
}

async function* streamChunks(call: CompletionCall, startedAt: number, gone: AbortSignal): AsyncGenerator<Uint8Array> {
  const prompt = promptOf(call);
  const head = frame(call, "chat.completion.chunk");
  const includesUsage = call.body.stream_options?.include_usage === true;
  const chunk = (delta: object, finish_reason: string | null = null) =>
    jsonEvent({
      ...head,
      choices: [{ index: 0, delta, logprobs: null, finish_reason }],
      ...(includesUsage ? { usage: null } : {}),
    });
  let spokenCharacters = 0;
  let isRecorded = false;
  try {
    yield chunk({ role: "assistant", content: "" });
    const words = streamSimulated(prompt, AbortSignal.any([gone, call.signal]));
    let word = await words.next();
    while (!word.done) {
      spokenCharacters += word.value.length;
      yield chunk({ content: word.value });
      word = await words.next();
    }
    const answer = word.value;
    yield chunk({}, answer.finishReason);
    if (includesUsage) yield jsonEvent({ ...head, choices: [], usage: usageField(answer) });
    isRecorded = true;
    await call.record(outcomeOf(call.candidate, { status: "completed", usage: usageOfAnswer(answer), startedAt }));
    yield doneEvent;
  } catch (error) {
    if (!gone.aborted && !call.signal.aborted) throw error;
  } finally {
    if (!isRecorded) {
      const usage = { inputTokens: simulate(prompt).inputTokens, outputTokens: estimateTokens(spokenCharacters) };
      const outcome = outcomeOf(call.candidate, { status: "cancelled", usage, startedAt });
      await call.record(outcome).catch((err) => log.error({ err }, "a simulated call was not recorded"));
    }
  }
}

/** Answers a chat completion with the simulator, in OpenAI's own form and marked with `"simulated": true`. */
export function answerSimulated(call: CompletionCall, startedAt: number): Promise<Response> {
  if (call.body.stream) return eventStream((gone) => streamChunks(call, startedAt, gone), answeredBy(call.candidate));
  return answerWhole(call, startedAt);
}
