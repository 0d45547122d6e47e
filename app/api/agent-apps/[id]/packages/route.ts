import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { upload } from "#lib/http/upload";
import { admitPackage, packageFiles, preparePackage } from "#lib/packages/prepare";
import { PackageAnswer, PackageForm, Packages } from "#lib/packages/schema";
import { createPackage, listPackages } from "#lib/packages/service";
import { PageQuery } from "#lib/page";

const params = z.object({ id: z.uuid("Agent app not found") });

export const GET = endpoint({
  operationId: "listPackages",
  summary: "List an agent app's packages, newest first",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params,
  query: PageQuery,
  response: Packages,
  handler: ({ ctx, params, query }) => listPackages(ctx, params.id, query),
});

export const POST = endpoint({
  operationId: "uploadPackage",
  summary: "Upload a package",
  description: "Stores it only, and costs nothing. `object_key` from upload-url may stand in for the file.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params,
  upload: upload({ fields: PackageForm, files: packageFiles, admit: admitPackage, prepare: preparePackage }),
  response: PackageAnswer,
  status: 201,
  errors: ["unavailable"],
  handler: ({ ctx, body }) => createPackage(ctx, body),
});

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
