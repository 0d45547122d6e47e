import { requireCronSecret } from "#lib/auth/cron-secret";
import { runCronTick } from "#lib/deployments/cron";
import { CronAnswer } from "#lib/deployments/schema";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";

const spec = {
  summary: "Carry out the oldest queued deployment",
  description: "For hosts without workers. Opened by CRON_SECRET, as `x-cron-secret` or as a Bearer token.",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "none",
  openedBy: "cron",
  response: CronAnswer,
  errors: ["unauthorized"],
  handler: ({ request }: { request: Request }) => {
    requireCronSecret(request.headers);
    return runCronTick();
  },
} as const;

export const GET = endpoint({ ...spec, operationId: "processDeploymentsByGet" });
export const POST = endpoint({ ...spec, operationId: "processDeployments" });

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
