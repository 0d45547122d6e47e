import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { linkToPackage } from "#lib/packages/service";

export const GET = endpoint({
  operationId: "downloadPackage",
  summary: "Download a package: leads to a link that ends after five minutes",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:read"],
  rateLimit: "default",
  params: z.object({ id: z.uuid("Package not found"), packageId: z.uuid("Package not found") }),
  raw: true,
  status: 302,
  answerHeaders: ["Location"],
  handler: async ({ ctx, params }) => {
    const location = await linkToPackage(ctx, params.id, params.packageId);
    return new Response(null, { status: 302, headers: { location } });
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
