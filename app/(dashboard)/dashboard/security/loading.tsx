import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function SecurityLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-40 rounded-lg" />
      <TableSkeleton rows={6} />
    </PageSkeleton>
  );
}
