import { z } from "zod";

const Points = z.array(z.string().trim().min(1).max(2_000)).max(40).default([]);

/** What a model makes of a context, part by part. */
export const Parts = z.object({
  summary: z.string().trim().min(1).max(4_000),
  decisions: Points,
  open_questions: Points,
  files: Points,
  next_steps: Points,
  do_not_repeat: Points,
});
export type Parts = z.infer<typeof Parts>;

const Question = z.object({
  question: z.string().trim().min(1).max(1_000),
  answer: z.string().trim().min(1).max(1_000),
});
export const Questions = z.object({ questions: z.array(Question).min(1).max(12) });
export type Questions = z.infer<typeof Questions>;

export const Answers = z.object({ answers: z.array(z.string().max(2_000)).max(12) });
export const Marks = z.object({ correct: z.array(z.boolean()).max(12) });
