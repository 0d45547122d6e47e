import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function OverviewLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-24 rounded-lg" />
      <TableSkeleton rows={6} />
    </PageSkeleton>
  );
}
