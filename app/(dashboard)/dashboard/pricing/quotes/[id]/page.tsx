import { PencilLine } from "lucide-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ui/button";
import { Link } from "#components/ui/link";
import { getCurrentOrganization } from "#lib/organizations/service";
import { findDecisionOfQuote } from "#lib/pricing/decisions/service";
import { getQuote } from "#lib/pricing/quotes/service";
import { listAttempts } from "#lib/pricing/realised/service";
import { requireMember } from "../../../../member";
import { orNotFound } from "../../../apps/[id]/app";
import { builderHref } from "../new/fields";
import { Attempts } from "./attempts";
import { DecisionNote } from "./decision-note";
import "./print.css";
import { PrintButton } from "./print-button";
import { QuoteSheet } from "./quote-sheet";

export const metadata: Metadata = { title: "Quote" };

export default async function QuotePage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id }] = await Promise.all([requireMember("billing:read"), params]);
  const stored = await orNotFound(getQuote(ctx, id));
  const [decision, attempts, { organization }] = await Promise.all([
    findDecisionOfQuote(ctx, id),
    listAttempts(ctx, id),
    getCurrentOrganization(ctx),
  ]);
  const { quote, guardrail_check } = stored;
  const again = builderHref({
    model: quote.model,
    complexity: quote.complexity,
    delivery_type: guardrail_check.delivery_type,
    estimated_input: String(quote.estimated_input_tokens),
    estimated_output: String(quote.estimated_output_tokens),
    segment: quote.segment,
  });

  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <Link href="/dashboard/pricing" className="mr-auto w-fit text-muted-foreground text-xs hover:text-foreground">
          Quotes
        </Link>
        <ButtonLink href={again}>
          <PencilLine aria-hidden />
          Quote again
        </ButtonLink>
        <PrintButton />
      </div>
      {decision ? <DecisionNote decision={decision} /> : null}
      <QuoteSheet stored={stored} organization={organization.name} />
      <Attempts stored={stored} attempts={attempts} />
    </div>
  );
}
