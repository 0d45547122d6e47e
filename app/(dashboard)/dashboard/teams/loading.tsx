import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function TeamsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-19 w-full" />
      <TableSkeleton rows={8} />
    </PageSkeleton>
  );
}
