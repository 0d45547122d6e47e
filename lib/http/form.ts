import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import { AppError, invalid, malformed } from "#lib/errors";
import { readJson } from "#lib/http/body";
import { checkJson } from "#lib/json";
import { removeSpooled, type SpooledFile, spool, tooLarge } from "#lib/storage/spool";

const fieldBytesMax = 64 * 1024;
const fieldsMax = 20;
const partsMax = 30;
/** Room for fields, boundaries and headers of parts beside the files. */
const frameBytesMax = 2 * 1024 * 1024;

type Limits = Record<string, { bytesMax: number }>;

/** A received form: texts, and files on disk. `digest` says whether two forms are the same, whatever their boundary. */
export type Form = {
  fields: Record<string, unknown>;
  files: Record<string, SpooledFile>;
  digest: string;
  dispose(): Promise<void>;
};

const isMultipart = (type: string | null) => type !== null && /^\s*multipart\/form-data\s*(;|$)/i.test(type);

function digestOf(fields: object, files: Record<string, SpooledFile>): string {
  const hashes = Object.entries(files).map(([name, { sha256 }]) => [name, sha256.toString("hex")]);
  const parts = [Object.entries(fields).toSorted(), hashes.toSorted()];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Receives a form, or the same fields as JSON. Throws `payload_too_large` at once; then nothing is left on disk. */
export async function readForm(request: Request, limits: Limits): Promise<Form> {
  const type = request.headers.get("content-type");
  if (!isMultipart(type)) {
    const { value } = await readJson(request);
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw malformed("Send a form or a JSON object.");
    return { fields: { ...value }, files: {}, digest: digestOf(value, {}), dispose: async () => undefined };
  }
  const bytesMax = Object.values(limits).reduce((sum, file) => sum + file.bytesMax, frameBytesMax);
  if (Number(request.headers.get("content-length")) > bytesMax) throw tooLarge("The form", bytesMax);
  if (!request.body) throw malformed("The form has no content.");
  return new Receiver(type ?? "", limits, bytesMax).receive(request.body);
}

/** One form on its way in. */
class Receiver {
  readonly #parser: InstanceType<typeof Busboy>;
  readonly #limits: Limits;
  readonly #bytesMax: number;
  readonly #failure = Promise.withResolvers<never>();
  readonly #fields = new Map<string, string>();
  readonly #files = new Map<string, Promise<SpooledFile>>();
  readonly #open = new Set<Readable>();

  constructor(type: string, limits: Limits, bytesMax: number) {
    this.#limits = limits;
    this.#bytesMax = bytesMax;
    // Waited for only while chunks are handed over.
    this.#failure.promise.catch(() => undefined);
    try {
      const bounds = {
        fieldSize: fieldBytesMax,
        fields: fieldsMax,
        parts: partsMax,
        headerPairs: 50,
        headerSize: 16_384,
      };
      this.#parser = new Busboy({ headers: { "content-type": type }, limits: bounds });
    } catch {
      throw malformed("The form's Content-Type names no boundary.");
    }
    const refuse = (reason: AppError) => this.#failure.reject(reason);
    this.#parser.on("field", (name, value, _, isCut) => this.#takeField(name, value, isCut));
    this.#parser.on("file", (name, stream) => this.#takeFile(name, stream));
    this.#parser.on("fieldsLimit", () => refuse(malformed(`A form may have ${fieldsMax} fields.`)));
    this.#parser.on("partsLimit", () => refuse(malformed(`A form may have ${partsMax} parts.`)));
    this.#parser.on("error", () => refuse(malformed("The form is cut off or is no valid multipart/form-data.")));
  }

  #takeField(name: string | undefined, value: string, isCut: boolean): void {
    if (!name) return;
    if (isCut) this.#failure.reject(tooLarge(`The field ${name}`, fieldBytesMax));
    else if (this.#fields.has(name)) this.#failure.reject(invalid([{ field: name, message: "Is there twice" }]));
    else this.#fields.set(name, value);
  }

  #takeFile(name: string | undefined, stream: Readable): void {
    this.#open.add(stream);
    stream.on("close", () => this.#open.delete(stream));
    const limit = name === undefined ? undefined : this.#limits[name];
    if (name === undefined || limit === undefined) {
      stream.on("error", () => undefined).resume();
      return;
    }
    if (this.#files.has(name)) {
      stream.on("error", () => undefined).resume();
      this.#failure.reject(invalid([{ field: name, message: "Is there twice" }]));
      return;
    }
    const file = spool(stream, limit.bytesMax, `The ${name}`);
    file.catch((error: unknown) => this.#failure.reject(error));
    this.#files.set(name, file);
  }

  /** Hands a chunk over; waits until the parser, and with it the disk, can take the next. */
  async #write(chunk: Uint8Array): Promise<void> {
    const written = new Promise<void>((resolve) => this.#parser.write(chunk, () => resolve()));
    await Promise.race([written, this.#failure.promise]);
  }

  async #feed(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.getReader();
    let received = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        received += value.byteLength;
        if (received > this.#bytesMax) throw tooLarge("The form", this.#bytesMax);
        await this.#write(value);
      }
    } finally {
      // Not cancelled: the host itself takes in or cuts off what a refused client still sends, after the answer.
      reader.releaseLock();
    }
    const finished = once(this.#parser, "finish");
    finished.catch(() => undefined);
    this.#parser.end();
    await Promise.race([finished, this.#failure.promise]);
  }

  async receive(body: ReadableStream<Uint8Array>): Promise<Form> {
    try {
      await this.#feed(body);
      const files = Object.fromEntries(
        await Promise.all([...this.#files].map(async ([name, file]) => [name, await file] as const)),
      );
      const fields = Object.fromEntries(this.#fields);
      checkJson(fields, "The form");
      return { fields, files, digest: digestOf(fields, files), dispose: () => this.#dispose() };
    } catch (error) {
      await this.#dispose();
      // A client that went away is told nothing; the host has closed its connection.
      throw error instanceof AppError ? error : malformed("The form was cut off.");
    }
  }

  async #dispose(): Promise<void> {
    for (const stream of this.#open) stream.destroy(new Error("The form was given up."));
    for (const file of await Promise.allSettled(this.#files.values())) {
      if (file.status === "fulfilled") await removeSpooled(file.value.path);
    }
  }
}
