import { z } from "zod";
import { prepareDeployment } from "#lib/deployments/prepare";
import { QueuedDeployment } from "#lib/deployments/schema";
import { createDeployment } from "#lib/deployments/service";
import { cloud } from "#lib/http/dialects/cloud";
import { endpoint } from "#lib/http/endpoint";
import { notAllowed } from "#lib/http/not-allowed";
import { upload } from "#lib/http/upload";
import { admitPackage, packageFiles } from "#lib/packages/prepare";
import { DeployForm } from "#lib/packages/schema";

export const POST = endpoint({
  operationId: "deployPackage",
  summary: "Upload a package and deploy it",
  description:
    "Costs a credit for each begun MB, given back when the deployment fails. `object_key` from upload-url may stand in for the file. Follow the deployment at `tracking.status_url`.",
  dialect: cloud,
  auth: ["apiKey", "session"],
  scopes: ["agents:write"],
  rateLimit: "default",
  idempotent: true,
  params: z.object({ id: z.uuid("Agent app not found") }),
  upload: upload({ fields: DeployForm, files: packageFiles, admit: admitPackage, prepare: prepareDeployment }),
  response: QueuedDeployment,
  status: 202,
  errors: ["payment_required", "unavailable"],
  handler: ({ ctx, body }) => createDeployment(ctx, body),
});

export const { GET, PUT, PATCH, DELETE, OPTIONS } = notAllowed("POST");
