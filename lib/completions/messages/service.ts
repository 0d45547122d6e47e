import { type Ask, answerChain } from "#lib/completions/chain";
import { translateWhole } from "#lib/completions/messages/answer";
import { toCompletion } from "#lib/completions/messages/request";
import type { Block, CountTokensRequest, MessagesRequest } from "#lib/completions/messages/schema";
import { translateStream } from "#lib/completions/messages/stream";
import { optionsOf } from "#lib/completions/options";
import { answerOrchestrated } from "#lib/completions/orchestrated";
import { candidatesOf, isOrchestrated, openaiAsk, type Sent } from "#lib/completions/service";
import type { Context } from "#lib/context";
import { anthropicWire } from "#lib/models/anthropic-wire";
import { estimateTokens } from "#lib/models/catalogue";
import { estimateUsage } from "#lib/models/completion";
import type { CallBounds } from "#lib/models/metering";
import type { ChatCompletionRequest } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";

/** The pictures in a message, also those that a tool answered with, as the base64 text they are sent as. */
function picturesOf(blocks: Block[]): string[] {
  return blocks.flatMap(({ type, source, content }) => {
    if (type === "image") {
      const { data } = (source ?? {}) as { data?: unknown };
      return [typeof data === "string" ? data : ""];
    }
    return type === "tool_result" && Array.isArray(content) ? picturesOf(content as Block[]) : [];
  });
}

/** What a request may use at most, by its own words. */
function boundsOf({ messages, max_tokens }: MessagesRequest, rawBody: string): CallBounds {
  const pictures = messages.flatMap(({ content }) => (Array.isArray(content) ? picturesOf(content) : []));
  const pictureBytes = pictures.reduce((sum, picture) => sum + picture.length, 0);
  // A picture's own bytes are no text; each is counted as a picture.
  const inputBytes = Buffer.byteLength(rawBody) - pictureBytes;
  return { inputBytes, pictures: pictures.length, outputTokensMax: max_tokens, answers: 1 };
}

/** What Anthropic's clients say beside the body, for Anthropic. */
function headersOf(headers: Headers): Record<string, string> {
  const names = ["anthropic-version", "anthropic-beta"];
  return Object.fromEntries(names.flatMap((name) => (headers.has(name) ? [[name, headers.get(name) ?? ""]] : [])));
}

/** The same request as the chain sees it; the fields it reads are called alike in both protocols. */
const asked = (body: MessagesRequest): ChatCompletionRequest => ({ ...body, stream_options: undefined });

function translation(ctx: Context, body: MessagesRequest, completion: ChatCompletionRequest) {
  const { inputTokens } = estimateUsage(completion, 0);
  return (response: Response): Promise<Response> =>
    response.ok && body.stream ? translateStream(response, inputTokens) : translateWhole(response, ctx.requestId);
}

function askOf(ctx: Context, candidate: Candidate, { body, rawBody, headers }: Sent<MessagesRequest>): Ask {
  if (candidate.provider?.protocol === "anthropic") {
    return {
      candidate,
      wire: anthropicWire,
      protocol: "anthropic",
      body: asked(body),
      rawBody,
      headers: headersOf(headers),
      bounds: boundsOf(body, rawBody),
    };
  }
  const completion = toCompletion(body, { modern: candidate.provider?.protocol === "openai" });
  const ask = openaiAsk(candidate, completion, JSON.stringify(completion));
  return { ...ask, translate: translation(ctx, body, completion) };
}

/**
 * Answers Anthropic's call: passed on as it is to models that Anthropic serves, translated for all others, for the simulator
 * and for Baton's own models. What is true of `createCompletion` is true of it.
 */
export async function createMessage(ctx: Context, sent: Sent<MessagesRequest>): Promise<Response> {
  const { body, headers, signal } = sent;
  const options = optionsOf(body, headers);
  if (isOrchestrated(options)) {
    const completion = toCompletion(body, { modern: true });
    return translation(ctx, body, completion)(await answerOrchestrated(ctx, completion, signal));
  }
  const candidates = await candidatesOf(ctx, options, asked(body));
  const asks = candidates.map((candidate) => askOf(ctx, candidate, sent));
  return answerChain(ctx, { asks, cacheSeconds: options.cacheSeconds, signal });
}

/** How many tokens a request would be, guessed by its characters: four a token. Throws `not_found` for an unknown model. */
export async function countTokens(ctx: Context, body: CountTokensRequest): Promise<{ input_tokens: number }> {
  const completion = asked({ ...body, max_tokens: 1 });
  if (!isOrchestrated({ names: [body.model], cacheSeconds: undefined })) {
    await candidatesOf(ctx, { names: [body.model], cacheSeconds: undefined }, completion);
  }
  const { inputTokens } = estimateUsage(completion, 0);
  const tools = body.tools ? estimateTokens(JSON.stringify(body.tools).length) : 0;
  return { input_tokens: inputTokens + tools };
}
