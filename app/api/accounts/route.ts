import { z } from "zod";
import { Accounts, CreateAccount } from "#lib/account-pool/schema";
import { createAccount, listAccounts } from "#lib/account-pool/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

export const GET = endpoint({
  operationId: "listAccounts",
  summary: "List the pool of AI accounts by name, without credentials",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  response: Accounts,
  handler: ({ ctx }) => listAccounts(ctx),
});

export const POST = endpoint({
  operationId: "createAccount",
  summary: "Add an AI account to the pool",
  description: "An account that the organization is entitled to use. It starts with 100 credits.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: CreateAccount,
  response: z.object({ id: z.int() }),
  errors: ["conflict"],
  handler: ({ ctx, body }) => createAccount(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
