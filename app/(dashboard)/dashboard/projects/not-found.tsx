import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** A project or session that is not there, or not this organization's. */
export default function ProjectNotFound() {
  return (
    <Page title="Not found">
      <EmptyState
        title="There is no project or session at this address"
        action={<ButtonLink href="/dashboard/projects">To the projects</ButtonLink>}
      >
        It does not exist, or it belongs to another organization: switch at the top of the page.
      </EmptyState>
    </Page>
  );
}
