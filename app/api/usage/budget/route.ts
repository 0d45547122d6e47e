import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { BudgetAnswer, UpdateBudget } from "#lib/usage/budget/schema";
import { getBudget, setBudget } from "#lib/usage/budget/service";

export const GET = endpoint({
  operationId: "getUsageBudget",
  summary: "The monthly credit budget, what is used of it, and its alerts",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["billing:read"],
  rateLimit: "default",
  response: BudgetAnswer,
  handler: ({ ctx }) => getBudget(ctx),
});

export const PATCH = endpoint({
  operationId: "updateUsageBudget",
  summary: "Set or lift the monthly credit budget",
  description: "Alerts are raised at 50, 80 and 100 per cent, once per month each. Nothing is blocked.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["admin:write"],
  rateLimit: "default",
  body: UpdateBudget,
  response: BudgetAnswer,
  handler: ({ ctx, body }) => setBudget(ctx, body),
});

export const { POST, PUT, DELETE, OPTIONS } = notAllowed("GET", "PATCH");
