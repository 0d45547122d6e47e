import type { ZodObject, ZodType, z } from "zod";
import type { Context } from "#lib/context";
import { AppError, type FieldIssue, invalid } from "#lib/errors";
import { type Form, readForm } from "#lib/http/form";
import { type Answer, once } from "#lib/http/idempotency";
import { issuesOf } from "#lib/http/issues";
import type { SpooledFile } from "#lib/storage/spool";

/** A file of a form. It must be there unless it is optional, or the text field `unless` stands in for it. */
export type FileSpec = { bytesMax: number; isOptional?: boolean; unless?: string };

export type Outcome = "done" | "refused" | "unknown";

/** What preparing came to. `release` is told what became of it: `unknown` when a commit was lost with its connection. */
export type PreparedUpload<U> = { value: U; release(outcome: Outcome): Promise<void> };

type Params = Record<string, string | string[]>;

/** How an endpoint takes what is too large for memory. Made by `upload()`. */
export type UploadSpec<U = unknown> = {
  fields: ZodObject;
  files: Record<string, FileSpec>;
  admit(ctx: Context, params: Params): Promise<unknown>;
  prepare(
    ctx: Context,
    params: Params,
    input: { fields: unknown; files: Record<string, SpooledFile> },
  ): Promise<PreparedUpload<U>>;
};

type UploadDeclaration<F extends ZodObject, N extends string, U> = {
  /** The text fields of the form; the same names may be sent as JSON where no file is needed. */
  fields: F;
  files: Record<N, FileSpec>;
  /** Refuses before anything is read. */
  admit(ctx: Context, params: Params): Promise<unknown>;
  /** May take long and call other servers. Its value is the handler's `body`; the handler then only writes rows. */
  prepare(
    ctx: Context,
    params: Params,
    input: { fields: z.infer<F>; files: Partial<Record<N, SpooledFile>> },
  ): Promise<PreparedUpload<U>>;
};

/** Declares an upload: a multipart form whose files go to disk as they come. */
export function upload<F extends ZodObject, N extends string, U>(spec: UploadDeclaration<F, N, U>): UploadSpec<U> {
  // What `prepare` is given is what the schema of the same declaration parsed.
  return spec as unknown as UploadSpec<U>;
}

/** The parsed fields. Throws `validation` with everything that is wrong or missing, files too. */
function checked({ fields, files }: UploadSpec, form: Form): unknown {
  const parsed = (fields as ZodType).safeParse(form.fields);
  const issues: FieldIssue[] = parsed.success ? [] : issuesOf(parsed.error);
  for (const [field, { isOptional, unless }] of Object.entries(files)) {
    const isCovered = isOptional || form.files[field] || (unless !== undefined && form.fields[unless] !== undefined);
    if (!isCovered) issues.push({ field, message: "Required field missing" });
  }
  if (issues.length > 0 || !parsed.success) throw invalid(issues);
  return parsed.data;
}

/** What the pipeline hands over: the request's place for a stored answer, and how to answer. */
type Way = {
  slot: { method: string; path: string; key: string } | undefined;
  perform(ctx: Context, body: unknown): Promise<Answer>;
  render(error: unknown): Answer;
};

/** Receives, prepares, then performs in one step. Whatever happens, no temporary file stays. */
export async function performUpload(
  spec: UploadSpec,
  request: Request,
  ctx: Context,
  params: Params,
  way: Way,
): Promise<Answer> {
  await spec.admit(ctx, params);
  const form = await readForm(request, spec.files);
  try {
    const prepared = async () => spec.prepare(ctx, params, { fields: checked(spec, form), files: form.files });
    return await performPrepared(prepared, form.digest, ctx, way);
  } finally {
    await form.dispose();
  }
}

async function performPrepared(
  prepare: () => Promise<PreparedUpload<unknown>>,
  digest: string,
  ctx: Context,
  { slot, perform, render }: Way,
): Promise<Answer> {
  // A refusal is thrown where a stored answer of the same request comes first: the retry of a success meets a taken version.
  const ready = await prepare().catch((error: unknown) => ({ error }));
  let outcome: Outcome = "refused";
  let isPerformed = false;
  const run = async (within: Context) => {
    if ("error" in ready) throw ready.error;
    outcome = "unknown";
    try {
      const answer = await perform(within, ready.value);
      isPerformed = true;
      return answer;
    } catch (error) {
      if (error instanceof AppError) outcome = "refused";
      throw error;
    }
  };
  try {
    const answer = await (slot ? once(ctx, { ...slot, body: digest }, run, render) : run(ctx));
    if (isPerformed) outcome = "done";
    return answer;
  } finally {
    if ("release" in ready) await ready.release(outcome);
  }
}
