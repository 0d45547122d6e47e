import { teams } from "#lib/chat/routing";
import { notFound } from "#lib/errors";
import type { ChatCompletionRequest } from "#lib/models/schema";
import type { RunStrategy } from "#lib/runs/schema";
import { debate } from "#lib/runs/strategies/debate";
import { refine } from "#lib/runs/strategies/refine";
import type { Strategy, Task } from "#lib/runs/strategies/step";
import { type Member, team } from "#lib/runs/strategies/team";

type Settings = NonNullable<ChatCompletionRequest["baton"]>;

/** A model of Baton's own that stands for several calls. */
export type OwnModel = {
  name: string;
  strategy: RunStrategy;
  begin(task: Task, settings: Settings): Strategy;
};

const defaultRounds = 3;
const defaultThreshold = 9;

const byName = new Map<string, OwnModel>();
const declare = (model: OwnModel) => byName.set(model.name, model);

declare({
  name: "baton/refine",
  strategy: "refine",
  begin: (task, { max_rounds: roundsMax = defaultRounds, threshold = defaultThreshold }) =>
    refine(task, { roundsMax, threshold }),
});
declare({ name: "baton/debate", strategy: "debate", begin: debate });
for (const [name, members] of Object.entries<readonly Member[]>(teams)) {
  declare({
    name: `baton/team:${name}`,
    strategy: "team",
    begin: (task) => team(task, { members, isEvaluated: false }),
  });
}

/** Picks one model by the request and passes it on. */
export const autoModel = "baton/auto";

/** What Baton answers for itself, as names of models. */
export const ownModelNames = [autoModel, ...byName.keys()];

/** Whether a name is one of Baton's own; an unknown one of that kind is nobody's model. */
export function isOwnName(name: string): boolean {
  return name.startsWith("baton/");
}

/** The orchestration of that name. Throws `not_found`. */
export function getOwnModel(name: string): OwnModel {
  const model = byName.get(name);
  if (!model) throw notFound(`Model '${name.slice(0, 200)}'`);
  return model;
}
