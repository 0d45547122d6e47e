import { z } from "zod";
import { requireCronSecret } from "#lib/auth/cron-secret";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { runUpkeep } from "#lib/upkeep/service";

const spec = {
  summary: "Do the background work that is due",
  description:
    "For hosts without workers: web hooks, queued invocations and deployments, and clean-up. Opened by CRON_SECRET, as `x-cron-secret` or as a Bearer token.",
  dialect: cloud,
  auth: [],
  scopes: [],
  rateLimit: "none",
  openedBy: "cron",
  response: z.object({ completed: z.int(), failed: z.int() }).meta({ description: "Jobs by how they ended." }),
  errors: ["unauthorized"],
  handler: ({ request }: { request: Request }) => {
    requireCronSecret(request.headers);
    return runUpkeep();
  },
} as const;

export const GET = endpoint({ ...spec, operationId: "runUpkeepByGet" });
export const POST = endpoint({ ...spec, operationId: "runUpkeep" });

export const { PUT, PATCH, DELETE, OPTIONS } = notAllowed("GET", "POST");
