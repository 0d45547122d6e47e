import { z } from "zod";
import { refreshCredits } from "#lib/account-pool/credits";
import { requireCronSecret } from "#lib/auth/cron-secret";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const spec = {
  summary: "Fill up the credits of the account pools",
  description:
    "The daily refresh: accounts that are not blocked have 100 credits again, exhausted ones are available. Opened by CRON_SECRET, as `x-cron-secret` or as a Bearer token.",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "none",
  openedBy: "cron",
  response: z.object({ refreshed: z.int().meta({ description: "How many accounts this changed." }) }),
  errors: ["unauthorized"],
  handler: ({ request }: { request: Request }) => {
    requireCronSecret(request.headers);
    return refreshCredits();
  },
} as const;

export const GET = endpoint({ ...spec, operationId: "refreshAccountCreditsByGet" });
export const POST = endpoint({ ...spec, operationId: "refreshAccountCredits" });

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
