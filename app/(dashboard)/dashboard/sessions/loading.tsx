import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";

export default function SessionsLoading() {
  return (
    <PageSkeleton>
      <TableSkeleton rows={8} />
    </PageSkeleton>
  );
}
