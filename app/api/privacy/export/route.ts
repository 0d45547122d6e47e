import { z } from "zod";
import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { fileAnswer } from "#lib/http/file-answer";
import { notAllowed } from "#lib/http/not-allowed";
import { exportEverything } from "#lib/privacy/export";

const Exported = z.object({
  organization_id: z.uuid(),
  exported_at: z.iso.datetime(),
  format: z.literal(1),
  data: z
    .record(z.string(), z.array(z.record(z.string(), z.unknown())))
    .meta({ description: "Every table's rows by its name." }),
});

export const GET = endpoint({
  operationId: "exportOrganizationData",
  summary: "Everything the organization holds, as one JSON file",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  raw: true,
  answers: { "application/json": Exported },
  answerHeaders: ["Content-Disposition"],
  handler: ({ ctx }) => fileAnswer(exportEverything(ctx), "json", "export"),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
