import { z } from "zod";
import { paas } from "#lib/http/dialects/paas";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { analyzeCredits } from "#lib/work-sessions/analysis";
import { AnalyzeCredits, CreditAnalysis } from "#lib/work-sessions/schema";

export const POST = endpoint({
  operationId: "analyzeCredits",
  summary: "Analyze how well a project's sessions use their credits",
  dialect: paas,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  body: AnalyzeCredits,
  response: z.object({ data: CreditAnalysis }),
  errors: ["not_found"],
  handler: ({ ctx, body }) => analyzeCredits(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
