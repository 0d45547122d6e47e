import type { ChatCompletionRequest } from "#lib/models/schema";

/** Where the value of the only `"model":` key in the text stands, or undefined when that cannot be told cheaply. */
function modelValueAt(raw: string, name: string): { start: number; end: number } | undefined {
  const key = raw.indexOf('"model"');
  // A second mention, or a key written with escapes (m, o, d, e, l are all \u006x), could be the one that counts.
  if (key === -1 || raw.indexOf('"model"', key + 1) !== -1 || raw.includes("\\u006")) return undefined;
  const value = JSON.stringify(name);
  const between = /\s*:\s*/y;
  between.lastIndex = key + '"model"'.length;
  if (!between.test(raw) || !raw.startsWith(value, between.lastIndex)) return undefined;
  return { start: between.lastIndex, end: between.lastIndex + value.length };
}

/** Whether the usage chunk has to be asked for on the caller's behalf. */
export function needsUsageOption(body: ChatCompletionRequest): boolean {
  return body.stream === true && body.stream_options?.include_usage !== true;
}

/** Fields of the body that are for Baton: no provider gets them. */
const ownFields = ["models", "cache", "baton"] as const;

function withoutOwnFields(body: ChatCompletionRequest): Record<string, unknown> {
  const sent: Record<string, unknown> = { ...body };
  for (const field of ownFields) delete sent[field];
  return sent;
}

/**
 * The body for the provider: the caller's own text with the model's upstream id in place of its name and, for streams,
 * the request for a usage chunk. The text is cut and joined rather than written anew, so that numbers and order stay.
 */
export function rewriteBody(
  body: ChatCompletionRequest,
  raw: string,
  upstreamId: string,
  { asksForUsage = needsUsageOption(body) } = {},
): string {
  const hasOwnFields = ownFields.some((field) => field in body);
  const at = hasOwnFields ? undefined : modelValueAt(raw, body.model);
  if (!at || (asksForUsage && raw.includes('"stream_options"'))) {
    const options = asksForUsage ? { stream_options: { ...body.stream_options, include_usage: true } } : {};
    return JSON.stringify({ ...withoutOwnFields(body), model: upstreamId, ...options });
  }
  if (!asksForUsage && upstreamId === body.model) return raw;
  const model = `${raw.slice(0, at.start)}${JSON.stringify(upstreamId)}${raw.slice(at.end)}`;
  if (!asksForUsage) return model;
  const brace = model.indexOf("{") + 1;
  return `${model.slice(0, brace)}"stream_options":{"include_usage":true},${model.slice(brace)}`;
}
