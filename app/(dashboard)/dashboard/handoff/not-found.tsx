import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** A hand-over that is not there, or not this organization's. */
export default function HandoffNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no hand-over at this address"
        action={<ButtonLink href="/dashboard/handoff">To the hand-overs</ButtonLink>}
      >
        It does not exist, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
