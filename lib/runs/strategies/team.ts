import type { Message } from "#lib/models/schema";
import type { Candidate } from "#lib/models/service";
import { evaluate, heuristicScore } from "#lib/runs/strategies/evaluate";
import { askFirst, type Strategy, startingAt, type Task } from "#lib/runs/strategies/step";

/** What one member of a team is there for; who answers for it, when not the task's candidates in turn. */
export type Member = { role: string; duty: string; candidates?: Candidate[] };

type Settings = { members: readonly Member[]; isEvaluated: boolean };

function withContributions(task: Task, contributions: string[], wish: string): Message[] {
  const earlier = contributions.length > 0 ? `Your team so far:\n\n${contributions.join("\n\n")}\n\n` : "";
  return [...task.messages, { role: "user", content: `${earlier}${wish}` }];
}

/** Members answer in turn, each knowing what the ones before said; one more call merges it all into the result. */
export async function* team(task: Task, { members, isEvaluated }: Settings): Strategy {
  const contributions: string[] = [];
  for (const [index, { role, duty, candidates = startingAt(task.candidates, index) }] of members.entries()) {
    const messages = withContributions(task, contributions, `You are the team's ${role}. ${duty}`);
    const answer = yield* askFirst(task, { name: "generate", messages }, candidates);
    contributions.push(`<contribution from="${role}">\n${answer.text}\n</contribution>`);
  }
  const wish = "Merge the contributions into one answer to my request. Give only that answer.";
  const messages = withContributions(task, contributions, wish);
  const merged = yield* askFirst(task, { name: "merge", messages, onText: task.onText });
  const question = task.messages.at(-1)?.content ?? "";
  const score = isEvaluated ? (yield* evaluate(task, merged)).score : heuristicScore(question, merged.text);
  return { output: merged.text, score, model: merged.model };
}
