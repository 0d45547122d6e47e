import { z } from "zod";
import { AccountAnswer, UpdateAccount } from "#lib/account-pool/schema";
import { getAccount, updateAccount } from "#lib/account-pool/service";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { pathId } from "#lib/workdesk/fields";

const params = z.object({ id: pathId("Account") });

export const GET = endpoint({
  operationId: "getAccount",
  summary: "Get an AI account, without its credential",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  response: AccountAnswer,
  handler: ({ ctx, params }) => getAccount(ctx, params.id),
});

export const PATCH = endpoint({
  operationId: "updateAccount",
  summary: "Change an AI account",
  description: "`credential: null` removes the stored credential; a new provider or base_url needs it again.",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params,
  body: UpdateAccount,
  response: AccountAnswer,
  errors: ["conflict"],
  handler: ({ ctx, params, body }) => updateAccount(ctx, params.id, body),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
