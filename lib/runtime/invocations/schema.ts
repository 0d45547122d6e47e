import { z } from "zod";

/** What a call of a deployed app costs (+C3). */
export const invocationCredits = 10;
/** More is no prompt for a model. */
const inputBytesMax = 256 * 1024;

const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? "").length;

export const Invoke = z
  .object({
    input: z
      .unknown()
      .refine((input) => input !== undefined, "Required field missing")
      .refine((input) => bytesOf(input) <= inputBytesMax, "Must have at most 256 KB as JSON")
      .meta({ description: "Any JSON that the version's inputSchema allows." }),
    mode: z
      .enum(["sync", "queued"])
      .default("sync")
      .meta({ description: "`queued` answers 202 at once; read the result at its run." }),
    quote_id: z.string().max(100).optional().meta({
      description:
        "Baton's own: the quote under which the work is sold; its tokens are the ceiling. Not for versions that an external runtime carries out.",
    }),
  })
  .meta({ id: "Invoke" });
export type Invoke = z.infer<typeof Invoke>;

export const InvokeAnswer = z
  .object({
    output: z.string(),
    package_version: z.string(),
    credits_used: z.int(),
    simulated: z.literal(true).optional(),
    run_id: z.uuid(),
    model_credits: z
      .number()
      .optional()
      .meta({ description: "What the model calls themselves cost, where this instance charges for them." }),
    quote_limit_reached: z.literal(true).optional().meta({
      description: "The quoted tokens were used up before the work was done; this is what was there by then.",
    }),
  })
  .meta({ id: "InvokeAnswer" });
export type InvokeAnswer = z.infer<typeof InvokeAnswer>;

const Time = z.iso.datetime();

export const QueuedInvocation = z.object({
  run_id: z.uuid(),
  status: z.literal("queued"),
  package_version: z.string(),
  credits_used: z.int(),
  status_url: z.string(),
});
export type QueuedInvocation = z.infer<typeof QueuedInvocation>;

export const Invocation = z
  .object({
    run_id: z.uuid(),
    status: z.enum(["queued", "running", "completed", "failed", "cancelled"]),
    mode: z.enum(["sync", "stream", "queued"]),
    package_version: z.string(),
    output: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    model: z.string().nullable(),
    simulated: z.boolean(),
    credits_used: z.int().meta({ description: "0 once they were given back." }),
    input_tokens: z.int(),
    output_tokens: z.int(),
    created_at: Time,
    completed_at: Time.nullable(),
    quote_id: z.string().nullable().meta({ description: "The quote under which it was sold." }),
    quote_limit_reached: z
      .literal(true)
      .optional()
      .meta({ description: "The quoted tokens were used up before the work was done." }),
  })
  .meta({ id: "Invocation" });
export type Invocation = z.infer<typeof Invocation>;

export const InvocationStep = z.object({
  name: z.string(),
  status: z.string(),
  model: z.string(),
  output: z.string().nullable(),
  score: z.number().nullable(),
  error: z.string().nullable(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  latency_ms: z.int(),
  created_at: Time,
});
export const InvocationDetails = z.object({
  invocation: Invocation.extend({ input: z.unknown(), steps: z.array(InvocationStep) }),
});
export type InvocationDetails = z.infer<typeof InvocationDetails>;
export const Invocations = z.object({ invocations: z.array(Invocation) });
export type Invocations = z.infer<typeof Invocations>;
