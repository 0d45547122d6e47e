import { z } from "zod";
import { AppError } from "#lib/errors";
import type { Step } from "#lib/runs/schema";
import { callRuntime, requireExternalRuntime } from "#lib/runtime/external-protocol";
import type { DeployablePackage, Runtime } from "#lib/runtime/runtime";
import { objectStore } from "#lib/storage/store";

const downloadSeconds = 900;
const providerName = "runtime";

const count = z.int().min(0).max(1_000_000_000).catch(0);
const Result = z.object({
  output: z.unknown(),
  model: z.string().min(1).max(200).optional().catch(undefined),
  input_tokens: count,
  output_tokens: count,
});

const described = (pkg: DeployablePackage) => ({
  agent_app_id: pkg.agentAppId,
  organization_id: pkg.organizationId,
  package: { id: pkg.id, version: pkg.version, sha256: pkg.sha256, size: pkg.size },
});

const textOf = (output: unknown) => (typeof output === "string" ? output : JSON.stringify(output));

type Figures = Pick<Step, "model" | "inputTokens" | "outputTokens">;

function stepOf(end: Partial<Step>, figures: Figures, startedAt: number): Step {
  return {
    name: "generate",
    status: "completed",
    provider: providerName,
    output: null,
    score: null,
    feedback: null,
    errorCode: null,
    errorMessage: null,
    simulated: false,
    // What the runtime pays for models is its operator's business.
    costMicros: null,
    latencyMs: Math.round(performance.now() - startedAt),
    ...figures,
    ...end,
  };
}

/** Hands packages over to the runtime behind RUNTIME_URL (docs/runtime.md). */
export const externalRuntime: Runtime = {
  name: "external",
  check: requireExternalRuntime,
  activate: async (pkg, deploymentId, signal) => {
    const link = await (await objectStore()).presignGet(pkg.objectKey, downloadSeconds, `${pkg.id}.apkg`);
    const facts = { ...described(pkg), deployment_id: deploymentId, manifest: pkg.manifest, download_url: link };
    await callRuntime("/activate", facts, { signal });
    return "The external runtime took the package.";
  },
  async *invoke(_ctx, pkg, { runId, input, signal, deadline }) {
    const startedAt = performance.now();
    const nothing = { model: providerName, inputTokens: 0, outputTokens: 0 };
    try {
      const facts = { ...described(pkg), run_id: runId, input };
      const answer = await callRuntime("/invoke", facts, { signal, timeoutMs: deadline - Date.now() });
      if (answer.output === undefined)
        throw new AppError("bad_gateway", "The runtime sent no output.", { reason: "RUNTIME_UNUSABLE_ANSWER" });
      const { model = providerName, input_tokens: inputTokens, output_tokens: outputTokens } = Result.parse(answer);
      const output = textOf(answer.output);
      yield {
        type: "step",
        step: stepOf({ output }, { model, inputTokens, outputTokens }, startedAt),
        charge: null,
      };
      return { output, score: null, model };
    } catch (error) {
      const known = error instanceof AppError ? error : new AppError("internal", "The runtime call failed.");
      const errorCode = (known.reason ?? known.code).toLowerCase();
      const failed = { status: "failed", errorCode, errorMessage: known.message } as const;
      yield { type: "step", step: stepOf(failed, nothing, startedAt), charge: null };
      throw error;
    }
  },
};
