import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** An agent that is not there, or not this organization's. */
export default function AgentNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no agent at this address"
        action={<ButtonLink href="/dashboard/agents">To the agents</ButtonLink>}
      >
        Its data was removed, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
