import { command } from "../command.ts";
import { misused } from "../failure.ts";
import { facts, table } from "../output.ts";
import { dollars, when } from "../words.ts";

export const usage = command({
  name: "usage",
  summary: "Show what was used, by model, app, key or member",
  options: {
    days: { type: "integer", value: "n", summary: "The last days (30)" },
    by: { type: "string", choices: ["model", "app", "key", "member"], summary: "What to add up by (model)" },
    limit: { type: "integer", short: "n", value: "n", summary: "How many lines; the rest is summed up" },
  },
  async run(cli, { options }) {
    const { days = 30, by = "model", limit } = options;
    const query = { days, by, ...(limit !== undefined && { limit }) };
    const answer = await (await cli.baton()).request("GET /api/usage/breakdown", { query });
    const { items, other, total } = answer;
    const rows = [
      ...items,
      ...(other ? [{ ...other, name: `${other.count} others` }] : []),
      { ...total, name: "total" },
    ];
    cli.out.result(answer, () =>
      table(
        rows,
        [
          { title: by.toUpperCase(), of: ({ name }) => name },
          { title: "INVOCATIONS", of: ({ invocations }) => invocations, isNumber: true },
          { title: "API CALLS", of: ({ apiCalls }) => apiCalls, isNumber: true },
          { title: "CREDITS", of: ({ credits: used }) => used, isNumber: true },
          {
            title: "COST",
            of: ({ costMicros }) => dollars(costMicros === null ? null : costMicros / 1_000_000),
            isNumber: true,
          },
        ],
        cli.out.paint,
      ),
    );
  },
});

export const credits = command({
  name: "credits",
  summary: "Show the credit balance",
  async run(cli) {
    const answer = await (await cli.baton()).request("GET /api/credits/balance");
    cli.out.result(answer, () =>
      facts(
        [
          ["Credits", answer.credits],
          ["Used this month", answer.usage_this_month],
          ["Last topped up", when(answer.last_topped_up)],
          ["Status", answer.status],
          ["Owed", answer.credits_owed || undefined],
        ],
        cli.out.paint,
      ),
    );
  },
});

export const quote = command({
  name: "quote",
  summary: "Price work, and keep the quote",
  options: {
    model: { type: "string", short: "m", choices: ["k2p5", "sonnet", "opus", "minimax-m2.5"], summary: "The model" },
    "input-tokens": { type: "integer", value: "n", summary: "Tokens that go in" },
    "output-tokens": { type: "integer", value: "n", summary: "Tokens that come out" },
    complexity: { type: "string", choices: ["low", "medium", "high"], summary: "How hard it is (medium)" },
    segment: { type: "string", choices: ["enterprise", "mid_market", "smb", "startup"], summary: "Whom it is sold to" },
    delivery: { type: "string", choices: ["task", "subscription", "enterprise"], summary: "How it is sold" },
  },
  details:
    "The quote's id goes to spawn, teams spawn, invoke and orchestrate as --quote; its tokens are their ceiling.",
  examples: ["baton quote --model sonnet --input-tokens 3000 --output-tokens 1200 --segment enterprise"],
  async run(cli, { options }) {
    const { model, complexity = "medium", segment, delivery, "input-tokens": input, "output-tokens": output } = options;
    if (!model || input === undefined || output === undefined) {
      throw misused('"baton quote" needs --model, --input-tokens and --output-tokens');
    }
    const body = {
      ...{ model, complexity, estimated_input: input, estimated_output: output },
      ...(segment && { segment }),
      ...(delivery && { delivery_type: delivery }),
    };
    const answer = await (await cli.baton()).request("POST /api/pricing/quote", { body });
    const { quote: priced, guardrail_check: check } = answer;
    cli.out.result(answer, () =>
      facts(
        [
          ["Quote", answer.quote_id],
          ["Price", dollars(priced.recommended_price)],
          ["Own cost", dollars(priced.internal_cost)],
          ["Margin", `${priced.gross_margin_pct} % (${priced.margin_band}, at least ${check.minimum_margin_pct} %)`],
          ["For", `${priced.segment}, ${priced.complexity} complexity`],
          ["Next", check.action],
        ],
        cli.out.paint,
      ),
    );
  },
});
