import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { getInventory } from "#lib/privacy/inventory";
import { Inventory } from "#lib/privacy/schema";

export const GET = endpoint({
  operationId: "getDataInventory",
  summary: "What is kept of the organization, how much, and for how long",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  response: Inventory,
  handler: ({ ctx }) => getInventory(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
