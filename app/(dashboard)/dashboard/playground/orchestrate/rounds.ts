import { toRecord } from "#components/request";
import type { OrchestrationResult } from "#lib/orchestration/schema";

/** One model's try in a round. `response` is whole once it was judged; until then there is a preview. */
export type Attempt = {
  model: string;
  /** Its place in the run, which tells apart what is answered at the same time; null until answered. */
  position: number | null;
  reasoning: string;
  preview: string | null;
  response: string | null;
  tokens: number | null;
  cost: number | null;
  evaluator: string | null;
  /** From 0 to 10; null until judged, and when nobody gave a usable score. */
  score: number | null;
  feedback: string | null;
};

export type Round = { number: number; attempts: Attempt[] };

export type RunEvent = { type: string; data: unknown };

const text = (value: unknown) => (typeof value === "string" ? value : null);
const number = (value: unknown) => (typeof value === "number" ? value : null);

/** The rounds with one of them changed; it is made when it is new. */
function inRound(rounds: Round[], wanted: number, change: (attempts: Attempt[]) => Attempt[]): Round[] {
  if (!rounds.some((round) => round.number === wanted))
    return [...rounds, { number: wanted, attempts: change([]) }].toSorted((one, other) => one.number - other.number);
  return rounds.map((round) => (round.number === wanted ? { ...round, attempts: change(round.attempts) } : round));
}

/** The attempts with the last one that `matches` changed. */
function changeLast(attempts: Attempt[], matches: (attempt: Attempt) => boolean, part: Partial<Attempt>): Attempt[] {
  const index = attempts.findLastIndex(matches);
  return attempts.map((attempt, at) => (at === index ? { ...attempt, ...part } : attempt));
}

const untried = {
  position: null,
  preview: null,
  response: null,
  tokens: null,
  cost: null,
  evaluator: null,
  score: null,
  feedback: null,
};

/** The rounds after an event of their run. */
export function told(rounds: Round[], { type, data }: RunEvent): Round[] {
  const facts = toRecord(data);
  const model = text(facts.model_name) ?? "";
  const round = number(facts.round) ?? rounds.at(-1)?.number ?? 1;
  if (type === "model_selected") {
    const attempt = { ...untried, model, reasoning: text(facts.reasoning) ?? "" };
    return inRound(rounds, round, (attempts) => [...attempts, attempt]);
  }
  if (type === "response_generated") {
    const [preview, tokens] = [text(facts.response_preview) ?? "", number(facts.tokens_used)];
    const part = { preview, tokens, position: number(facts.position) };
    const isWaiting = (one: Attempt) => one.model === model && one.preview === null;
    return inRound(rounds, round, (attempts) => changeLast(attempts, isWaiting, part));
  }
  if (type === "evaluation_completed") {
    const score = facts.unscored === true ? null : number(facts.score);
    const part = { evaluator: text(facts.evaluator_model), score, feedback: text(facts.feedback) };
    const position = number(facts.position);
    const isJudged = (one: Attempt) => one.preview !== null && one.position === position;
    return inRound(rounds, round, (attempts) => changeLast(attempts, isJudged, part));
  }
  return rounds;
}

/** The rounds with what is stored of them, which goes before what was told. */
export function withResults(rounds: Round[], results: readonly OrchestrationResult[]): Round[] {
  return results.reduce((before, result) => {
    const { model_name: model, response, reasoning } = result;
    const part = {
      response,
      preview: response,
      tokens: result.tokens_used,
      cost: result.cost,
      evaluator: result.evaluator_model,
      score: result.unscored ? null : result.score,
      feedback: result.feedback,
    };
    const isKnown = ({ model: name }: Attempt) => name === model;
    return inRound(before, result.iteration, (attempts) =>
      attempts.some(isKnown)
        ? changeLast(attempts, isKnown, part)
        : [...attempts, { ...untried, model, reasoning, ...part }],
    );
  }, rounds);
}

/** The best attempt of a run so far. */
export function bestOf(rounds: readonly Round[]): Attempt | null {
  const judged = rounds.flatMap(({ attempts }) => attempts).filter(({ score }) => score !== null);
  return judged.reduce<Attempt | null>((best, one) => ((one.score ?? -1) > (best?.score ?? -1) ? one : best), null);
}
