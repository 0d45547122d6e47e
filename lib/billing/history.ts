import type { CreditTransaction, HistoryQuery } from "#lib/billing/schema";
import type { Context } from "#lib/context";
import { empty, type Sql, sql } from "#lib/db/sql";
import { type Tx, tenant } from "#lib/db/transaction";

type Filter = Pick<HistoryQuery, "type" | "from" | "to">;
type Row = Omit<CreditTransaction, "balance_after" | "created_at"> & {
  balanceAfter: number;
  createdAt: string;
  position: number;
};

// As texts of their own: only then does the planner see that the index of rare types serves them.
const ofType: Record<CreditTransaction["type"], Sql> = {
  purchase: sql`and type = 'purchase'`,
  usage: sql`and type = 'usage'`,
  refund: sql`and type = 'refund'`,
  grant: sql`and type = 'grant'`,
};

/** A date without a time is its first moment at the beginning of a range and its last one at the end (UTC). */
function within({ type, from, to }: Filter): Sql {
  const isDate = (moment: string) => !moment.includes("T");
  return sql`${type ? ofType[type] : empty}
    ${from ? sql`and created_at >= ${isDate(from) ? `${from}T00:00:00Z` : from}::timestamptz` : empty}
    ${!to ? empty : isDate(to) ? sql`and created_at < ${`${to}T00:00:00Z`}::timestamptz + interval '1 day'` : sql`and created_at <= ${to}::timestamptz`}`;
}

function selectHistory(tx: Tx, organizationId: string, filter: Filter, page: Sql): Promise<Row[]> {
  return tx.all(sql`
    select id, type, amount, balance_after, description, created_at, position from credit_transactions
    where organization_id = ${organizationId} ${within(filter)} ${page}`);
}

const wire = (row: Row): CreditTransaction => ({
  id: row.id,
  type: row.type,
  amount: row.amount,
  balance_after: row.balanceAfter,
  description: row.description,
  created_at: row.createdAt,
});

/** The organization's credit transactions of the filter, newest first. */
export async function listHistory(ctx: Context, query: HistoryQuery): Promise<{ transactions: CreditTransaction[] }> {
  const page = sql`order by position desc limit ${query.limit ?? 20} offset ${query.offset ?? 0}`;
  return { transactions: (await selectHistory(tenant(ctx), ctx.organizationId, query, page)).map(wire) };
}

const rowsPerPage = 500;
const head = "id,created_at,type,amount,balance_after,description\r\n";

/** A text cell by RFC 4180; one that a spreadsheet would run as a formula is made a text by an apostrophe. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (row: Row) =>
  `${row.id},${row.createdAt},${row.type},${row.amount},${row.balanceAfter},${cell(row.description)}\r\n`;

/** All transactions of the filter as CSV, newest first, read page by page only as fast as the reader takes them. */
export function historyFile(ctx: Context, filter: Filter): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let below: number | undefined;
  const nextPage = () => {
    const after = below === undefined ? empty : sql`and position < ${below}`;
    const page = sql`${after} order by position desc limit ${rowsPerPage}`;
    return selectHistory(tenant(ctx), ctx.organizationId, filter, page);
  };
  return new ReadableStream(
    {
      pull: async (controller) => {
        const rows = await nextPage();
        controller.enqueue(encoder.encode((below === undefined ? head : "") + rows.map(line).join("")));
        below = rows.at(-1)?.position ?? below;
        if (rows.length < rowsPerPage) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
