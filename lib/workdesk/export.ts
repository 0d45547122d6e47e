import { setImmediate } from "node:timers/promises";
import { accountsOfSessions } from "#lib/account-pool/history";
import type { Context } from "#lib/context";
import { tenant, transaction } from "#lib/db/transaction";
import { exportKnowledge } from "#lib/knowledge/service";
import { exportFiles, getProject } from "#lib/projects/service";
import { recordEvent } from "#lib/records/service";
import { listSessionsAfter } from "#lib/work-sessions/history";
import type { WorkSession } from "#lib/work-sessions/schema";
import type { ExportProject } from "#lib/workdesk/schema";

const sessionsAtOnce = 50;
/** How much text is made before other requests have their turn. */
const charactersAtOnce = 32 * 1024;

async function* sessionsOf(ctx: Context, projectId: number): AsyncGenerator<WorkSession> {
  for (let after = 0; ; ) {
    const page = await listSessionsAfter(ctx, projectId, after, sessionsAtOnce);
    yield* page;
    if (page.length < sessionsAtOnce) return;
    after = page.at(-1)?.session_number ?? after;
  }
}

/** A field of an object whose value is a list, as JSON in pieces. */
async function* field(name: string, rows: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  let text = `,"${name}":[`;
  let separator = "";
  for await (const row of rows) {
    text += separator + JSON.stringify(row);
    separator = ",";
    if (text.length > charactersAtOnce) {
      yield text;
      text = "";
      await setImmediate();
    }
  }
  yield `${text}]`;
}

/**
 * A project with everything that belongs to it, and the knowledge base (contract P15): the JSON of a `ProjectExport` in
 * pieces, read from the database while it is read from here. Throws `not_found` before the first piece.
 */
export async function exportProject(ctx: Context, { project_id: projectId }: ExportProject) {
  const project = await transaction(ctx, async (tx) => {
    const { data } = await getProject(ctx, projectId, tx);
    await recordEvent(tx, ctx, "project.exported", { project_id: projectId, sessions: data.total_sessions });
    return data;
  });

  async function* pieces(): AsyncGenerator<string> {
    yield `{"project":${JSON.stringify(project)}`;
    yield* field("sessions", sessionsOf(ctx, projectId));
    const tx = tenant(ctx);
    yield* field("files", await exportFiles(tx, ctx, projectId));
    yield* field("knowledge", await exportKnowledge(tx, ctx));
    yield* field("accounts", await accountsOfSessions(tx, ctx, projectId));
    yield `,"exported_at":${JSON.stringify(new Date().toISOString())}}`;
  }
  return pieces();
}
