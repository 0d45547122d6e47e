import { agency } from "#lib/http/dialects/agency";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { PortfolioAnswer, PortfolioInput } from "#lib/pricing/review/schema";
import { alertPortfolio } from "#lib/pricing/review/service";

export const POST = endpoint({
  operationId: "createPortfolioAlert",
  summary: "Judge a portfolio by its counts and average margin",
  dialect: agency,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  idempotent: true,
  body: PortfolioInput,
  takesForms: true,
  response: PortfolioAnswer,
  handler: ({ body }) => alertPortfolio(body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
