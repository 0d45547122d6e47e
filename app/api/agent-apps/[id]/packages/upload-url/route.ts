import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { CreateUpload, PackageUpload } from "#lib/packages/schema";
import { createUpload } from "#lib/packages/service";

export const POST = endpoint({
  operationId: "createPackageUploadUrl",
  summary: "Get a link to put a package into the store yourself",
  description:
    "For hosts that cap request bodies: PUT the file to the link, then send its `object_key` instead of the file.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found") }),
  body: CreateUpload,
  response: PackageUpload,
  handler: ({ ctx, params, body }) => createUpload(ctx, params.id, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
