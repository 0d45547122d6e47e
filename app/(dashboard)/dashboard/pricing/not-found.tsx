import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";

/** A quote or an experiment that is not there, or not this organization's. */
export default function PricingNotFound() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={<ButtonLink href="/dashboard/pricing">To the quotes</ButtonLink>}
    >
      It was deleted, or it belongs to another organization: switch at the top of the page.
    </EmptyState>
  );
}
