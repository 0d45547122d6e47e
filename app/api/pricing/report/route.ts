import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { ReportAnswer } from "#lib/pricing/health/schema";
import { getPricingReport } from "#lib/pricing/health/service";

export const GET = endpoint({
  operationId: "getPricingReport",
  summary: "The daily pricing report",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: ReportAnswer,
  handler: ({ ctx }) => getPricingReport(ctx),
});

export const { POST, PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET");
