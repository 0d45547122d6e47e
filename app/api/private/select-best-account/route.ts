import { z } from "zod";
import { BestAccount, SelectBestAccount } from "#lib/account-pool/schema";
import { selectBest } from "#lib/account-pool/selection";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const POST = endpoint({
  operationId: "selectBestAccount",
  summary: "Find the best account for a piece of work",
  description: "Ready accounts with enough credits, most credits first. Reserves nothing.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: SelectBestAccount,
  response: z.object({ data: BestAccount }),
  errors: ["not_found"],
  handler: ({ ctx, body }) => selectBest(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
