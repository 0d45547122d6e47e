import { z } from "zod";
import { ownModelNames } from "#lib/completions/own-models";
import type { Context } from "#lib/context";
import { reads, tool } from "#lib/mcp/tool";
import { listModelDocuments } from "#lib/orchestration/models";
import { OrchestrationModel } from "#lib/orchestration/view-schema";

const ModelView = OrchestrationModel.pick({
  name: true,
  provider: true,
  version: true,
  specialties: true,
  cost_per_1k_tokens: true,
  context_window: true,
  status: true,
});

export const ModelsView = z.object({
  models: z.array(ModelView),
  orchestrations: z
    .array(z.string())
    .meta({ description: "Names under which /v1/chat/completions runs several calls." }),
});

/** All models, and which of them can answer now. */
export async function modelsView(ctx: Context): Promise<z.infer<typeof ModelsView>> {
  const models = (await listModelDocuments(ctx)).map((model) => ModelView.parse(model));
  return { models, orchestrations: ownModelNames };
}

export const listModels = tool({
  name: "list_models",
  title: "List models",
  description:
    "Lists the AI models with provider, specialties, price (US dollars for 1000 tokens) and context window. Only those with status `active` can answer now.",
  scope: "agents:read",
  counts: { family: "orchestratex" },
  hints: reads,
  input: z.object({}),
  output: ModelsView,
  run: ({ ctx }) => modelsView(ctx),
});
