import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";

export default function MembersLoading() {
  return (
    <PageSkeleton>
      <TableSkeleton rows={3} />
      <TableSkeleton rows={2} />
    </PageSkeleton>
  );
}
