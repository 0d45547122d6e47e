import type { Mix } from "#lib/budgets/mix";
import { getModel } from "#lib/models/service";

export type Wish = {
  /** `coding`, `general` and the like; others count as general. */
  taskType: string;
  complexity: "low" | "medium" | "high";
  priority: "low" | "normal" | "high";
  estimatedTokens: number;
};

/** The models it chooses among, dearest first. */
const ladder = ["opus", "sonnet", "k2p5"] as const;
export type Chosen = (typeof ladder)[number];
const types = ["coding", "creative", "research", "business", "analysis", "general"];

/** What fits the task, whatever it costs (contract A3). */
function wantedFor({ taskType, complexity, priority }: Wish): Chosen {
  const isPlain = taskType === "coding" || taskType === "general" || !types.includes(taskType);
  const byTask = { low: "k2p5", medium: isPlain ? "k2p5" : "sonnet", high: isPlain ? "sonnet" : "opus" } as const;
  if (priority === "high" && complexity === "high") return "opus";
  const wanted = byTask[complexity];
  return priority === "low" ? cheaper(wanted) : wanted;
}

const cheaper = (name: Chosen): Chosen => ladder[ladder.indexOf(name) + 1] ?? "k2p5";

/** Whole micro-dollars of input tokens, rounded up. */
export function inputMicros(name: string, tokens: number): number {
  const price = BigInt(getModel(name).price?.input ?? 0);
  return Number((BigInt(tokens) * price + 999_999n) / 1_000_000n);
}

type Bounds = {
  remainingMicros: number;
  mix: Mix /** Whether its provider may be called. */;
  isOpen?: (name: string) => boolean;
};
export type Choice = { model: Chosen; costMicros: number; isCovered: boolean; reason: string };

/** The model for a task: what fits it, or the next cheaper one while budget, advice or provider forbid that. */
export function chooseModel(wish: Wish, { remainingMicros, mix, isOpen = () => true }: Bounds): Choice {
  const wanted = wantedFor(wish);
  const steps: string[] = [];
  let model = wanted;
  for (;;) {
    const costMicros = inputMicros(model, wish.estimatedTokens);
    const isDear = costMicros > remainingMicros;
    const why = isDear
      ? "over the remaining budget"
      : mix.restricted.includes(model)
        ? "restricted"
        : isOpen(model)
          ? ""
          : "busy";
    if (why === "" || model === "k2p5") {
      const left = steps.length > 0 ? `; ${steps.join(", ")}` : "";
      const reason = `${wanted} fits a ${wish.complexity} ${wish.taskType} task of priority ${wish.priority}${left}`;
      return { model, costMicros, isCovered: !isDear, reason };
    }
    steps.push(`${model} is ${why}`);
    model = cheaper(model);
  }
}
