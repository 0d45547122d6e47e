import { charactersOf, estimateUsage, usageOf } from "#lib/models/completion";
import { doneEvent, errorEvent } from "#lib/models/completion-stream";
import { needsUsageOption, rewriteBody } from "#lib/models/rewrite";
import { providerFailed } from "#lib/models/upstream";
import { keepUnread, parseObject, type Wire } from "#lib/models/wire";

/** Within JSON, quotes of a text are escaped: these are names of fields, and most chunks have neither. */
const saysMore = (data: string) =>
  data.includes('"error"') || (data.includes('"usage"') && !data.includes('"usage":null'));

/** OpenAI's chat completions, which every provider answers. */
export const openaiWire: Wire = {
  path: (provider) => provider.completionsPath,
  headers: (_, provider) => provider.headers,
  rewrite: ({ body, rawBody, candidate }) => rewriteBody(body, rawBody, candidate.model.version),
  usageOfWhole({ body }, answer) {
    if (!("choices" in answer)) return undefined;
    const usage = usageOf("usage" in answer ? answer.usage : undefined);
    return usage ?? estimateUsage(body, charactersOf(answer.choices));
  },
  charactersOf: (event) => ("choices" in event ? charactersOf(event.choices) : 0),
  lastEvent: doneEvent,
  errorEvent,
  /** The first chunk and those that say more than text are parsed; parsing each would be the largest cost of a stream. */
  inspect(call, provider, seen, data) {
    if (data === "") return true;
    if (data === "[DONE]") {
      seen.isDone = true;
      return false;
    }
    const isFirst = seen.characters === 0 && seen.unread.length === 0;
    if (!isFirst && data.startsWith("{") && !saysMore(data)) {
      keepUnread(openaiWire, seen, data);
      return true;
    }
    const chunk = parseObject(data);
    if (!chunk) throw providerFailed(provider, "sent a stream that is no JSON");
    if (chunk.error) seen.isBroken = true;
    seen.characters += charactersOf(chunk.choices);
    const usage = usageOf(chunk.usage);
    if (!usage) return true;
    seen.usage = usage;
    // The chunk that only holds the usage is Baton's own wish unless the caller asked for it too.
    return !(needsUsageOption(call.body) && Array.isArray(chunk.choices) && chunk.choices.length === 0);
  },
};
