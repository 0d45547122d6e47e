import type { ZodType, z } from "zod";
import { AppError } from "#lib/errors";
import { instructions, renderParts, tagged } from "#lib/handoff/verified/prompts";
import { Answers, Marks, Parts, Questions } from "#lib/handoff/verified/schema";
import type { StepName } from "#lib/runs/schema";
import { askFirst, type StrategyEvent, type Task } from "#lib/runs/strategies/step";

export type Checked = { briefing: string; model: string; questions: number; answered: number };

const attemptsMax = 2;

function readJson<S extends ZodType>(text: string, schema: S): z.infer<S> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

type Ask = { name: StepName; instructions: string; content: string };

/** Asks for a JSON object of a shape, once more when the reply is none. */
async function* askFor<S extends ZodType>(
  task: Task,
  { name, instructions, content }: Ask,
  schema: S,
): AsyncGenerator<StrategyEvent, { value: z.infer<S>; model: string }> {
  const messages = [{ role: "user" as const, content }];
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const { text, model } = yield* askFirst(task, { name, instructions, messages });
    const value = readJson(text, schema);
    if (value !== undefined) return { value, model };
  }
  throw new AppError("unavailable", "The model gave no usable briefing. Try again, or send mode documented.", {
    reason: "UNUSABLE_ANSWER",
  });
}

const numbered = (texts: readonly string[]) => texts.map((text, index) => `${index + 1}. ${text}`).join("\n");

/**
 * Has a model write a briefing of a context, then questions on the context, then answer them from the briefing alone, and
 * counts the answers that are right.
 */
export async function* writeAndCheck(
  task: Task,
  { context, projectName }: { context: string; projectName: string },
): AsyncGenerator<StrategyEvent, Checked> {
  const original = tagged("context", context);
  const written = yield* askFor(
    task,
    { name: "summarize", instructions: instructions.write, content: original },
    Parts,
  );
  const briefing = renderParts(projectName, written.value);
  const asking = { name: "evaluate" as const, instructions: instructions.ask, content: original };
  const { questions } = (yield* askFor(task, asking, Questions)).value;
  const list = tagged("questions", numbered(questions.map(({ question }) => question)));
  const answering = {
    name: "generate" as const,
    instructions: instructions.answer,
    content: `${tagged("briefing", briefing)}\n\n${list}`,
  };
  const { answers } = (yield* askFor(task, answering, Answers)).value;
  const expected = tagged("expected", numbered(questions.map(({ answer }) => answer)));
  const given = tagged("given", numbered(questions.map((_, index) => answers[index] ?? "unknown")));
  const marking = {
    name: "evaluate" as const,
    instructions: instructions.mark,
    content: `${list}\n\n${expected}\n\n${given}`,
  };
  const { correct } = (yield* askFor(task, marking, Marks)).value;
  const answered = questions.filter((_, index) => correct[index] === true).length;
  return { briefing, model: written.model, questions: questions.length, answered };
}
