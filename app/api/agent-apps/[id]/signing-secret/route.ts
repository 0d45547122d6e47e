import { z } from "zod";
import { Message } from "#lib/accounts/schema";
import { SigningSecret } from "#lib/apps/schema";
import { createSigningSecret, deleteSigningSecret } from "#lib/apps/signing";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const params = z.object({ id: z.uuid("Agent app not found") });

export const POST = endpoint({
  operationId: "rotateAgentAppSigningSecret",
  summary: "Give an agent app a new secret for package signatures",
  description: "The secret is shown only here; the one before stops at once.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  idempotent: true,
  params,
  response: SigningSecret,
  status: 201,
  handler: ({ ctx, params }) => createSigningSecret(ctx, params.id),
});

export const DELETE = endpoint({
  operationId: "deleteAgentAppSigningSecret",
  summary: "Remove an agent app's secret for package signatures",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  params,
  response: Message,
  errors: ["validation"],
  handler: ({ ctx, params }) => deleteSigningSecret(ctx, params.id),
});

export const { GET, PUT, PATCH, OPTIONS } = notAllowed("POST", "DELETE");
