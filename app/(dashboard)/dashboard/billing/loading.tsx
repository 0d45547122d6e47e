import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function BillingLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-24 rounded-lg" />
      <div className="grid gap-3 sm:grid-cols-3">
        <Skeleton className="h-36 rounded-lg" />
        <Skeleton className="h-36 rounded-lg" />
        <Skeleton className="h-36 rounded-lg" />
      </div>
      <Skeleton className="h-40 rounded-lg" />
      <TableSkeleton rows={5} />
    </PageSkeleton>
  );
}
