import type { Metadata } from "next";
import { listExperiments } from "#lib/pricing/experiments/service";
import type { BatchInput } from "#lib/pricing/quotes/schema";
import { previewQuotes } from "#lib/pricing/quotes/service";
import { quoteInterval } from "#lib/pricing/realised/service";
import type { SearchParams } from "../../../../../search-params";
import { type Member, requireMember } from "../../../../member";
import { Builder } from "./builder";
import type { BuilderFields } from "./fields";
import type { Priced } from "./priced";
import { parseFields, readFields } from "./read-fields";

export const metadata: Metadata = { title: "New quote" };

export default async function NewQuotePage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("billing:read"), searchParams]);
  const fields = readFields(params);
  const parsed = parseFields(fields);
  const [priced, { experiments }] = await Promise.all([
    "input" in parsed ? price(ctx, parsed.input, fields) : null,
    listExperiments(ctx, { limit: 100 }),
  ]);
  return (
    <Builder
      fields={fields}
      problems={"problems" in parsed ? parsed.problems : {}}
      priced={priced}
      experiments={experiments.flatMap(({ experiment_id, name, status }) =>
        status === "running" ? [{ value: experiment_id, label: name }] : [],
      )}
    />
  );
}

/** Nothing of this is stored. */
async function price(ctx: Member, input: BatchInput, { segment, task_type }: BuilderFields): Promise<Priced> {
  const { model, complexity, delivery_type } = input;
  const [preview, interval] = await Promise.all([
    previewQuotes(ctx, input),
    quoteInterval(ctx, { model, complexity, delivery_type, segment, task_type }),
  ]);
  return { input, ...preview, interval };
}
