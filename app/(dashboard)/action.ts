import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import type { ActionResult } from "#components/use-action";
import type { Context, Scope } from "#lib/context";
import { AppError, type FieldIssue } from "#lib/errors";
import { log } from "#lib/log";
import { requireMember } from "./member";

/** What may call a server action and what it takes. Without a scope, every member may. */
type Door<Schema extends z.ZodType> = { scope?: Scope; input: Schema };

/**
 * Runs the work of a server action: who calls and what comes in are checked first, pages show the change afterwards, and
 * what goes wrong becomes an answer. Messages of an AppError are for the reader; everything else stays in the log.
 */
export async function act<Schema extends z.ZodType, Data>(
  door: Door<Schema>,
  input: unknown,
  work: (ctx: Context, input: z.output<Schema>) => Promise<Data>,
): Promise<ActionResult<Data>> {
  const { requestId } = await requireMember();
  const parsed = door.input.safeParse(input);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
    return { ok: false, message: issues[0]?.message ?? "Invalid input", requestId, fields: toFields(issues) };
  }
  try {
    const data = await work(await requireMember(door.scope), parsed.data);
    refresh();
    return { ok: true, data };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof AppError && error.code !== "internal") {
      return { ok: false, message: error.message, requestId, fields: toFields(error.issues) };
    }
    log.error({ err: error, requestId }, "server action failed");
    return { ok: false, message: "Something went wrong on our side.", requestId };
  }
}

function toFields(issues: readonly FieldIssue[]): Record<string, string> {
  return Object.fromEntries(issues.map(({ field, message }) => [field, message]));
}
