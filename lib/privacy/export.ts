import type { Context } from "#lib/context";
import { tenant } from "#lib/db/transaction";
import { log } from "#lib/log";
import { type DataRow, dataTables, selectRows } from "#lib/privacy/catalogue";
import { decryptText, isEncrypted, openDataKey } from "#lib/privacy/encryption";
import { privacyOfRuns } from "#lib/privacy/service";

const pageRows = 500;
/** Inputs and outputs may be large: a page of runs is kept small. */
const largePageRows = 50;
const large = new Set(["runs", "run_steps", "chat_turns", "webhook_deliveries", "webhook_attempts", "events"]);

/** The texts of a row with what is encrypted readable again: the export is the organization's own. */
function readable(value: unknown, key: Buffer | undefined): unknown {
  if (typeof value === "string") {
    if (!isEncrypted(value)) return value;
    try {
      return decryptText(value, key);
    } catch (err) {
      log.warn({ err }, "an encrypted text could not be read for an export");
      return "[cannot be decrypted]";
    }
  }
  if (Array.isArray(value)) return value.map((one) => readable(one, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, readable(one, key)]));
}

async function decrypted(ctx: Context, table: string, rows: DataRow[]): Promise<unknown[]> {
  if (!rows.some(({ data }) => JSON.stringify(data).includes("baton:enc:"))) return rows.map(({ data }) => data);
  const runOf = ({ data }: DataRow) => (table === "runs" ? data.id : data.run_id);
  const ids = rows.map(runOf).filter((id) => typeof id === "string");
  const privacy = await privacyOfRuns(tenant(ctx), ctx, [...new Set(ids)]);
  return rows.map((row) => {
    const sealed = privacy.get(String(runOf(row)))?.sealedKey;
    return readable(row.data, sealed ? openDataKey(sealed) : undefined);
  });
}

async function* parts(ctx: Context): AsyncGenerator<string> {
  const tables = await dataTables();
  const about = { organization_id: ctx.organizationId, exported_at: new Date().toISOString(), format: 1 };
  yield `${JSON.stringify(about).slice(0, -1)},"data":{`;
  for (const [index, table] of tables.entries()) {
    yield `${index > 0 ? "," : ""}${JSON.stringify(table.name)}:[`;
    const limit = large.has(table.name) ? largePageRows : pageRows;
    let after: string[] | undefined;
    let isFirst = true;
    for (;;) {
      const rows: DataRow[] = await selectRows(tenant(ctx), ctx.organizationId, table, after, limit);
      const texts = (await decrypted(ctx, table.name, rows)).map((row) => JSON.stringify(row));
      if (texts.length > 0) yield `${isFirst ? "" : ","}\n${texts.join(",\n")}`;
      isFirst = isFirst && texts.length === 0;
      after = rows.at(-1)?.place;
      if (rows.length < limit) break;
    }
    yield "]";
  }
  yield "}}\n";
}

/**
 * Everything the organization holds as one JSON document `{organization_id, exported_at, format, data:{<table>:[row, ...]}}`
 * (contract +A5), without hashes and secrets. A page at a time, as the reader takes it, so the memory it needs is constant.
 */
export function exportEverything(ctx: Context): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const texts = parts(ctx);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await texts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await texts.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
