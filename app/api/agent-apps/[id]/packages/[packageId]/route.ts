import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { deletePackage } from "#lib/packages/service";

export const DELETE = endpoint({
  operationId: "deletePackage",
  summary: "Delete a package; its version may then be used again",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Package not found"), packageId: z.uuid("Package not found") }),
  response: Message,
  errors: ["conflict"],
  handler: ({ ctx, params }) => deletePackage(ctx, params.id, params.packageId),
});

export const { GET, POST, PUT, PATCH, OPTIONS } = notAllowed("DELETE");
