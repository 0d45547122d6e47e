import { z } from "zod";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { text } from "#lib/http/openapi-answers";
import { openExport } from "#lib/usage/export/service";

export const GET = endpoint({
  operationId: "downloadUsageExport",
  summary: "Download an export; the link is its own credential",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "default",
  params: z.object({ token: z.string() }),
  raw: true,
  openedBy: "link",
  answers: {
    "text/csv": text("One line for each entry, after a line with the names of the columns."),
    "application/json": z.array(z.record(z.string(), z.unknown())).meta({ description: "One object for each entry." }),
  },
  answerHeaders: ["Content-Disposition"],
  errors: ["forbidden", "not_found"],
  handler: async ({ params }) => {
    const { name, type, stream } = await openExport(params.token);
    return new Response(stream, {
      headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
    });
  },
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
