import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "#lib/errors";
import { Allowance, isUsedUp, leastTokens, type Tokens, withinAllowance } from "#lib/runs/strategies/allowance";

const tokens = fc.record({
  inputTokens: fc.integer({ min: 0, max: 5_000 }),
  outputTokens: fc.integer({ min: 0, max: 5_000 }),
});
/** A call of so many characters whose answers take a share (in thousandths) of what they may. */
type Call = { characters: number; share: number; isJudged: boolean; turns: number };
const calls: fc.Arbitrary<Call[]> = fc.array(
  fc.record({
    characters: fc.integer({ min: 0, max: 4_000 }),
    share: fc.integer({ min: 0, max: 1_000 }),
    isJudged: fc.boolean(),
    turns: fc.integer({ min: 1, max: 8 }),
  }),
  { maxLength: 40 },
);

/** What all calls together used, and what each might say; undefined for those that were refused. */
function follow(allowance: Allowance, asked: readonly Call[]) {
  const spent: Tokens = { inputTokens: 0, outputTokens: 0 };
  const limits = asked.map(({ characters, share, isJudged, turns }) => {
    try {
      const most = allowance.outputTokensFor(characters, { isJudged, turns });
      const used = { inputTokens: Math.ceil(characters / 4), outputTokens: Math.floor((most * turns * share) / 1_000) };
      allowance.spend(used);
      spent.inputTokens += used.inputTokens;
      spent.outputTokens += used.outputTokens;
      return most;
    } catch (error) {
      if (!isUsedUp(error)) throw error;
      return undefined;
    }
  });
  return { spent, limits };
}

test("whatever is asked, all calls together stay within the quoted tokens, and none is cut to less than it can say", () => {
  fc.assert(
    fc.property(tokens, calls, (ceiling, asked) => {
      const allowance = new Allowance(ceiling);
      const { spent, limits } = follow(allowance, asked);
      expect(spent.inputTokens).toBeLessThanOrEqual(ceiling.inputTokens);
      expect(spent.outputTokens).toBeLessThanOrEqual(ceiling.outputTokens);
      expect(Math.min(leastTokens, ...limits.map((most) => most ?? leastTokens))).toBe(leastTokens);
      expect(allowance.hasRefused).toBe(limits.includes(undefined));
      expect(allowance.left).toEqual({
        inputTokens: ceiling.inputTokens - spent.inputTokens,
        outputTokens: ceiling.outputTokens - spent.outputTokens,
      });
    }),
  );
});

test("branches share what is left, in any order, and the whole knows what they used and refused", () => {
  fc.assert(
    fc.property(
      tokens,
      fc.array(calls, { minLength: 1, maxLength: 5 }),
      fc.boolean(),
      (ceiling, asked, isBackwards) => {
        const whole = new Allowance(ceiling);
        const branches = whole.fork(asked.length).map((branch, index) => ({ branch, calls: asked[index] ?? [] }));
        const ordered = isBackwards ? branches.toReversed() : branches;
        const followed = ordered.map((one) => follow(one.branch, one.calls));
        const used = followed.reduce((sum, { spent }) => sum + spent.outputTokens, 0);
        expect(whole.left.outputTokens).toBe(ceiling.outputTokens - used);
        expect(whole.hasRefused).toBe(followed.some(({ limits }) => limits.includes(undefined)));
        const again = new Allowance(ceiling)
          .fork(asked.length)
          .map((branch, index) => follow(branch, asked[index] ?? []));
        expect(isBackwards ? again.toReversed() : again).toEqual(followed);
      },
    ),
  );
});

test("a refusal says what is left and what was needed; other failures are none", () => {
  const allowance = new Allowance({ inputTokens: 10, outputTokens: 100 });
  expect(() => allowance.outputTokensFor(41)).toThrow(
    "10 input and 100 output tokens are left, and the next call needs about 11 and at least 16.",
  );
  expect(isUsedUp(new AppError("conflict", "The run has ended.", { reason: "RUN_ENDED" }))).toBe(false);
});

test("followers hear once that the quoted tokens cut the work short, and never otherwise", async () => {
  const told: unknown[] = [];
  const tell = async (...event: unknown[]) => void told.push(event);
  // biome-ignore lint/correctness/useYield: a strategy that asks nobody has no steps.
  const strategy = async function* strategy() {
    return "result";
  };
  const allowance = new Allowance({ inputTokens: 10, outputTokens: 20 });
  expect(await withinAllowance(strategy(), undefined, tell).next()).toEqual({ done: true, value: "result" });
  await withinAllowance(strategy(), allowance, tell).next();
  expect(told).toEqual([]);
  expect(() => allowance.outputTokensFor(0, { turns: 2 })).toThrow();
  await withinAllowance(strategy(), allowance, tell).next();
  const left = { input_tokens_left: 10, output_tokens_left: 20 };
  expect(told).toEqual([["quote_used_up", "quote_used_up", left]]);
});
