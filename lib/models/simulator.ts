import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { estimateTokens } from "#lib/models/catalogue";

export type Prompt = {
  /** The model that the simulator stands in for. */
  model: string;
  messages: readonly { role: string; content: string }[];
  /** An evaluation is answered with a score from the prompt's hash. */
  purpose?: "answer" | "evaluation";
  outputTokensMax?: number;
};

export type Simulated = {
  text: string;
  inputTokens: number;
  outputTokens: number;
  delayMs: number;
  finishReason: "stop" | "length";
};

/** A number from 0 up to `below`, the same for the same text on every machine. */
function pick(hash: Buffer, offset: number, below: number): number {
  return hash.readUInt32BE(offset) % below;
}

const openings = [
  "Here is what an answer will look like once a model is connected.",
  "Everything between you and the model works; only the thinking is pretended.",
  "Your request went the whole way through Baton and came back.",
  "This text was written by a small program, not by a model.",
];
const middles = [
  "The call was routed, metered and stored like any other, so the dashboard shows its run, tokens and time.",
  "Routing, limits, streaming and the record of this run are real; you can build against them today.",
  "The same request always gets this same text, so tests that depend on it stay quiet.",
];
const endings = [
  "Set a provider's key, and the next call is answered by the real model. Nothing else changes.",
  "Add a provider's key on the server, and this notice disappears by itself.",
];

function choose(list: readonly string[], hash: Buffer, offset: number): string {
  return list[pick(hash, offset, list.length)] ?? "";
}

function excerpt(question: string): string {
  const line = question.replace(/\s+/g, " ").trim();
  return line.length > 280 ? `${line.slice(0, 280).trimEnd()} …` : line;
}

function answerText(prompt: Prompt, hash: Buffer): string {
  const question = prompt.messages.findLast((message) => message.role === "user")?.content ?? "";
  return [
    `**Simulated answer.** Baton's simulator stands in for \`${prompt.model}\`: no provider is configured for it.`,
    `> ${excerpt(question) || "(no question)"}`,
    choose(openings, hash, 4),
    `- **Asked:** ${question.length} characters in ${prompt.messages.length} ${
      prompt.messages.length === 1 ? "message" : "messages"
    }\n- **Model:** \`${prompt.model}\`, simulated\n- **Cost:** counted as if it were real, charged to nobody`,
    choose(middles, hash, 8),
    choose(endings, hash, 12),
  ].join("\n\n");
}

function evaluationText(hash: Buffer): string {
  // 6.0 to 9.5 in steps of 0.1.
  const score = (60 + pick(hash, 16, 36)) / 10;
  const feedback = `Simulated evaluation: ${score} of 10, derived from a hash of the answer and not from its merit.`;
  return JSON.stringify({ score, feedback });
}

/** What the simulator says to a prompt, at once: the same text, tokens and delay each time. */
export function simulate(prompt: Prompt): Simulated {
  const hash = createHash("sha256")
    .update(JSON.stringify([prompt.model, prompt.purpose, prompt.messages]))
    .digest();
  const whole = prompt.purpose === "evaluation" ? evaluationText(hash) : answerText(prompt, hash);
  const text = prompt.outputTokensMax === undefined ? whole : whole.slice(0, prompt.outputTokensMax * 4);
  return {
    text,
    inputTokens: estimateTokens(prompt.messages.reduce((sum, message) => sum + message.content.length, 0)),
    outputTokens: estimateTokens(text.length),
    delayMs: 200 + pick(hash, 0, 801),
    finishReason: text.length < whole.length ? "length" : "stop",
  };
}

/** Answers after the prompt's delay (0.2 to 1 s). Rejects at once when `signal` aborts. */
export async function generateSimulated(prompt: Prompt, signal?: AbortSignal): Promise<Simulated> {
  const answer = simulate(prompt);
  await sleep(answer.delayMs, undefined, { signal });
  return answer;
}

/** Yields the answer word by word over the prompt's delay. Rejects at once when `signal` aborts. */
export async function* streamSimulated(prompt: Prompt, signal?: AbortSignal): AsyncGenerator<string, Simulated> {
  const answer = simulate(prompt);
  const words = answer.text.match(/\s*\S+\s*$|\s*\S+/g) ?? [];
  for (const word of words) {
    await sleep(answer.delayMs / words.length, undefined, { signal });
    yield word;
  }
  return answer;
}
