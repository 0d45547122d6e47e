import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function RunsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-19 w-full" />
      <TableSkeleton rows={8} />
    </PageSkeleton>
  );
}
