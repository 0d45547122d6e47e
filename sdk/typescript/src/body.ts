/** A body as it goes out: the same bytes at every attempt, so that an idempotency key and a signature fit them. */
export type EncodedBody = { content?: BodyInit; type?: string; isOneTime: boolean };

const isPlainText = (body: unknown): body is string | URLSearchParams =>
  typeof body === "string" || body instanceof URLSearchParams;

/** JSON, unless the body is text, a form, bytes or a stream; a stream can be sent once only. */
export async function encodeBody(body: unknown): Promise<EncodedBody> {
  if (body === undefined) return { isOneTime: false };
  if (body instanceof URLSearchParams) {
    return { content: body.toString(), type: "application/x-www-form-urlencoded", isOneTime: false };
  }
  if (isPlainText(body)) return { content: body, isOneTime: false };
  if (body instanceof ReadableStream) return { content: body, isOneTime: true };
  if (body instanceof FormData) {
    // A form gets another boundary each time it is sent; so it is written once.
    const written = new Response(body);
    const type = written.headers.get("content-type") ?? "multipart/form-data";
    return { content: await written.arrayBuffer(), type, isOneTime: false };
  }
  if (body instanceof Blob) return { content: body, ...(body.type && { type: body.type }), isOneTime: false };
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) {
    return { content: body as BodyInit, type: "application/octet-stream", isOneTime: false };
  }
  return { content: JSON.stringify(body), type: "application/json", isOneTime: false };
}

/** The bytes of a body, for a signature. Throws on a stream, whose bytes are known only when they are gone. */
export async function bytesOf({ content, isOneTime }: EncodedBody): Promise<Uint8Array<ArrayBuffer>> {
  if (isOneTime) throw new TypeError("A stream cannot be signed; send its bytes.");
  return new Uint8Array(await new Response(content ?? null).arrayBuffer());
}

/** Reads an answer: parsed JSON by its content type, else text; nothing for an empty body. */
export async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  if (!/[/+]json\b/i.test(response.headers.get("content-type") ?? "")) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
