import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function UsageLoading() {
  return (
    <PageSkeleton>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
      </div>
      <Skeleton className="h-60 rounded-lg" />
      <TableSkeleton rows={5} />
    </PageSkeleton>
  );
}
