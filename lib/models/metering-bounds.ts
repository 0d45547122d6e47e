import type { CallBounds } from "#lib/models/metering";
import type { ChatCompletionRequest } from "#lib/models/schema";

/** The address of a picture among a message's parts, which may be the picture itself as a `data:` URL. */
function pictureOf(part: unknown): string | undefined {
  if (typeof part !== "object" || part === null || !("image_url" in part)) return undefined;
  const picture = part.image_url;
  if (typeof picture === "string") return picture;
  const isAddress = typeof picture === "object" && picture !== null && "url" in picture;
  return isAddress && typeof picture.url === "string" ? picture.url : "";
}

const isCount = (value: unknown): value is number => typeof value === "number" && value >= 1;

/** What a chat completion may use at most, by its own words. Limits that are no numbers do not count: providers refuse them. */
export function boundsOf(body: ChatCompletionRequest, rawBody: string): CallBounds {
  const parts = body.messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
  const pictures = parts.map(pictureOf).filter((picture) => picture !== undefined);
  const inline = pictures.filter((picture) => picture.startsWith("data:"));
  const limits = [body.max_completion_tokens, body.max_tokens].filter(isCount);
  return {
    // A picture's own bytes are no text; each is counted as a picture.
    inputBytes: Buffer.byteLength(rawBody) - inline.reduce((sum, picture) => sum + picture.length, 0),
    pictures: pictures.length,
    outputTokensMax: limits.length > 0 ? Math.ceil(Math.max(...limits)) : undefined,
    answers: isCount(body.n) ? Math.ceil(body.n) : 1,
  };
}
