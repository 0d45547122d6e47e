import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** An app, deployment or web hook that is not there, or not this organization's. */
export default function AppNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is nothing at this address"
        action={<ButtonLink href="/dashboard/apps">To the agent apps</ButtonLink>}
      >
        It was deleted, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
