import type { Model } from "#lib/models/catalogue";
import type { Candidate } from "#lib/models/service";
import type { Choice } from "#lib/runs/strategies/rounds";

/** So many judged answers of a domain must be there before they count. */
export const scoredMin = 5;

/** How an organization's own runs judged a model in the domain. */
export type MeasuredScore = { model: string; scored: number; average: number };

/** A model's place in the order in which a run prefers its candidates, and why it has it. */
export type Ranked = { model: string; reasons: string[] };

type Wish = { domain: string; preferred: readonly string[]; scores: readonly MeasuredScore[] };

/** Whether the domain, or a word of it (`python coding`), is one of the model's specialties. */
function isMatch({ specialties }: Model, domain: string): boolean {
  const wanted = domain.trim().toLowerCase();
  return specialties.includes(wanted) || wanted.split(/[^\p{L}\p{N}]+/u).some((word) => specialties.includes(word));
}

/** Models that were measured change places among themselves, the better one first; the others keep theirs. */
function bestMeasuredFirst(models: Model[], measured: ReadonlyMap<string, MeasuredScore>): Model[] {
  const known = models
    .filter(({ name }) => measured.has(name))
    .toSorted((one, other) => (measured.get(other.name)?.average ?? 0) - (measured.get(one.name)?.average ?? 0));
  let next = 0;
  return models.map((model) => (measured.has(model.name) ? (known[next++] ?? model) : model));
}

/**
 * Orders the candidates of a run: first those whose specialties match the domain, within them by the organization's own
 * scores of that domain where there are enough, then in the order of preference, then by lower cost.
 */
export function rank(models: readonly Model[], { domain, preferred, scores }: Wish): Ranked[] {
  const measured = new Map(scores.filter(({ scored }) => scored >= scoredMin).map((one) => [one.model, one]));
  const place = ({ name }: Model) => (preferred.includes(name) ? preferred.indexOf(name) : preferred.length);
  const cost = ({ costPer1kTokens }: Model) => costPer1kTokens ?? Number.POSITIVE_INFINITY;
  const ordered = models.toSorted((one, other) => place(one) - place(other) || cost(one) - cost(other) || 0);
  const groups = [true, false].map((match) => ordered.filter((model) => isMatch(model, domain) === match));
  return groups
    .flatMap((group) => bestMeasuredFirst(group, measured))
    .map((model) => {
      const { name } = model;
      const score = measured.get(name);
      const reasons = [
        isMatch(model, domain)
          ? `specializes in ${domain}`
          : `may answer although ${domain} is none of its specialties`,
        ...(score ? [`scored ${score.average.toFixed(1)} on average in your last ${score.scored} answers of it`] : []),
        ...(preferred.includes(name) ? [`is number ${preferred.indexOf(name) + 1} of the preferred models`] : []),
        ...(model.costPer1kTokens !== null ? [`costs $${model.costPer1kTokens} per 1000 tokens`] : []),
      ];
      return { model: name, reasons };
    });
}

function sentence({ model, reasons }: Ranked, isNew: boolean): string {
  const all = isNew ? [...reasons, "did not answer in this run before"] : reasons;
  return `${model} ${all.length > 1 ? `${all.slice(0, -1).join(", ")} and ${all.at(-1)}` : all[0]}.`;
}

/** Who may answer in a round, best first: in the order of the ranking, but models that did not answer yet before the others. */
export function choicesOf(
  ranking: readonly Ranked[],
  candidates: readonly Candidate[],
  used: ReadonlySet<string>,
): Choice[] {
  const byName = new Map(candidates.map((candidate) => [candidate.model.name, candidate]));
  const fresh = ranking.filter(({ model }) => !used.has(model));
  return [...fresh, ...ranking.filter(({ model }) => used.has(model))].flatMap((ranked) => {
    const candidate = byName.get(ranked.model);
    const isNew = used.size > 0 && !used.has(ranked.model);
    return candidate ? [{ candidate, reasoning: sentence(ranked, isNew) }] : [];
  });
}
