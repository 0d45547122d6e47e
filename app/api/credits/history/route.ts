import { historyFile, listHistory } from "#lib/billing/history";
import { CreditHistory, HistoryQuery } from "#lib/billing/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const fileHeaders = {
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": 'attachment; filename="credits.csv"',
  "cache-control": "no-store",
};

export const GET = endpoint({
  operationId: "listCreditTransactions",
  summary: "List credit transactions, newest first",
  description: "With format=csv or Accept: text/csv, a file of all transactions of the filter.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  query: HistoryQuery,
  response: CreditHistory,
  handler: ({ ctx, query, request }) => {
    const wantsFile = query.format ? query.format === "csv" : request.headers.get("accept")?.startsWith("text/csv");
    return wantsFile ? new Response(historyFile(ctx, query), { headers: fileHeaders }) : listHistory(ctx, query);
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
