import { catalogue, type Model } from "#lib/models/catalogue";

/** The priced models of the catalogue by all their names: `sonnet`, `claude-sonnet-4-6`, `anthropic/claude-sonnet-4-6`. */
const byName = new Map<string, Model>(
  catalogue
    .filter(({ price }) => price !== null)
    .flatMap((model) =>
      [model.version, ...model.aliases, model.name].flatMap((name) => [
        [name, model] as const,
        [`${model.provider}/${name}`, model] as const,
      ]),
    ),
);

/** The model that a team means by a name, or nothing: what it costs must be known before it is asked. */
export function findTeamModel(name: string): Model | undefined {
  return byName.get(name);
}
