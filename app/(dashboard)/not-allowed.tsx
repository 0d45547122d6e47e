import { Lock } from "lucide-react";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";

/** Stands in for a page that the reader's role does not include. */
export function NotAllowed({ title }: { title: string }) {
  return (
    <Page title={title}>
      <EmptyState
        icon={<Lock aria-hidden />}
        title="Only owners and admins can open this page"
        action={<ButtonLink href="/dashboard">Back to the overview</ButtonLink>}
      >
        Ask one of them to do it for you, or to change your role. They are listed under Members.
      </EmptyState>
    </Page>
  );
}
