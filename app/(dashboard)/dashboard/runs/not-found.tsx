import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** A run that is not there, or not this organization's. */
export default function RunNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no run at this address"
        action={<ButtonLink href="/dashboard/runs">To the runs</ButtonLink>}
      >
        It was deleted, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
