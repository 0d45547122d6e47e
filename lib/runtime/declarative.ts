import type { Context } from "#lib/context";
import { invalid } from "#lib/errors";
import { estimateTokens } from "#lib/models/catalogue";
import { toolTurnsMax } from "#lib/models/model-call";
import { type Candidate, findCandidate, getModel, listCandidates } from "#lib/models/service";
import type { DeclarativeManifest, Manifest } from "#lib/packages/manifest";
import { tellRun } from "#lib/runs/service";
import { Allowance, leastTokens, withinAllowance } from "#lib/runs/strategies/allowance";
import { debate } from "#lib/runs/strategies/debate";
import { refine } from "#lib/runs/strategies/refine";
import { single } from "#lib/runs/strategies/single";
import type { Strategy, Task } from "#lib/runs/strategies/step";
import { type Member, team } from "#lib/runs/strategies/team";
import { schemaProblem } from "#lib/runtime/input-schema";
import type { Runtime } from "#lib/runtime/runtime";
import { toolsOf } from "#lib/runtime/tools";

const defaultInstructions =
  "You are an agent that other programs call. Do what the input asks, correctly and completely, and give only the result.";
const defaultRounds = 3;
const defaultThreshold = 9;

type Declared = Extract<NonNullable<DeclarativeManifest["strategy"]>, object>;

/** The strategy of a manifest with its settings. */
export function strategyOf({ strategy, team: members }: DeclarativeManifest): Declared {
  if (strategy === undefined) return { name: members ? "team" : "single" };
  return typeof strategy === "string" ? { name: strategy } : strategy;
}

function asDeclarative(manifest: Manifest): DeclarativeManifest {
  if (manifest.runtime !== "declarative") throw new Error("This manifest is not for the declarative runtime.");
  return manifest as DeclarativeManifest;
}

const schemasOf = ({ inputSchema, tools = [] }: DeclarativeManifest) =>
  [
    { name: "inputSchema", schema: inputSchema },
    ...tools.map(({ name, parameters }) => ({ name: `tools.${name}.parameters`, schema: parameters })),
  ].flatMap(({ name, schema }) => (schema ? [{ name, schema }] : []));

function check(given: Manifest): void {
  const manifest = asDeclarative(given);
  for (const { name, schema } of schemasOf(manifest)) {
    const problem = schemaProblem(schema);
    if (problem) throw invalid([{ field: name, message: `manifest.json: ${name} cannot be used: ${problem}` }]);
  }
  const named = [manifest.model, ...(manifest.team ?? []).map(({ model }) => model)];
  // Throws when this instance does not know one of them.
  for (const name of named) if (name) getModel(name);
}

/** Who answers: the model that the manifest names and no other, or whoever this instance prefers. */
async function candidatesOf(ctx: Context, model: string | undefined): Promise<Candidate[]> {
  return model ? [await findCandidate(model, ctx)] : listCandidates(ctx);
}

function membersOf(ctx: Context, { team: members = [] }: DeclarativeManifest): Promise<Member[]> {
  return Promise.all(
    members.map(async ({ name, role, model, instructions }) => ({
      role: role ?? name,
      duty: instructions ?? "Contribute what your role knows best.",
      ...(model && { candidates: [await findCandidate(model, ctx)] }),
    })),
  );
}

async function* begin(manifest: DeclarativeManifest, task: Task): Strategy {
  const strategy = strategyOf(manifest);
  if (strategy.name === "team") {
    return yield* team(task, { members: await membersOf(task.ctx, manifest), isEvaluated: false });
  }
  if (strategy.name === "debate") return yield* debate(task);
  if (strategy.name === "single") return yield* single(task);
  const { rounds = defaultRounds, threshold = defaultThreshold } = strategy;
  return yield* refine(task, { roundsMax: rounds, threshold });
}

const textOf = (input: unknown) => (typeof input === "string" ? input : JSON.stringify(input, null, 2));

/** The tokens that a call of an input takes at least: what its first question sends, and the answers it can be cut to. */
export function leastWork(manifest: DeclarativeManifest, input: unknown) {
  const characters = (manifest.instructions ?? defaultInstructions).length + textOf(input).length;
  const answers = (manifest.tools?.length ? toolTurnsMax : 1) + (strategyOf(manifest).name === "refine" ? 1 : 0);
  return { inputTokensMin: estimateTokens(characters), outputTokensMin: answers * leastTokens };
}

/** Runs what a manifest declares with Baton's own strategies. It never executes anything out of a package. */
export const declarativeRuntime: Runtime = {
  name: "declarative",
  check,
  activate: async ({ manifest }) => {
    check(manifest);
    return `The built-in runtime runs it with the strategy ${strategyOf(asDeclarative(manifest)).name}.`;
  },
  async *invoke(ctx, pkg, { runId, input, signal, deadline, ceiling }) {
    const manifest = asDeclarative(pkg.manifest);
    const allowance = ceiling && new Allowance(ceiling);
    const told = ({ name, status, milliseconds, error }: Parameters<Parameters<typeof toolsOf>[1]>[0]) =>
      tellRun(ctx, runId, "tool.called", { name, status, duration_ms: milliseconds, error });
    const strategy = begin(manifest, {
      ctx,
      instructions: manifest.instructions ?? defaultInstructions,
      messages: [{ role: "user", content: textOf(input) }],
      candidates: await candidatesOf(ctx, manifest.model),
      tools: toolsOf(manifest, told),
      signal,
      deadline,
      ...(allowance && { allowance }),
    });
    const result = yield* withinAllowance(strategy, allowance, (type, key, data) =>
      tellRun(ctx, runId, type, data, key),
    );
    return { ...result, isCutShort: allowance?.hasRefused ?? false };
  },
};
