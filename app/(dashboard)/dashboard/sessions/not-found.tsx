import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** A session that is not there, or not this organization's. */
export default function SessionNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no session at this address"
        action={<ButtonLink href="/dashboard/sessions">To the sessions</ButtonLink>}
      >
        It was deleted, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
