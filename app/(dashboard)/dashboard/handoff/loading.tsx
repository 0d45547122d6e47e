import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function HandoffLoading() {
  return (
    <PageSkeleton>
      <div className="grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-80 rounded-lg max-xl:hidden" />
      </div>
      <TableSkeleton rows={5} />
    </PageSkeleton>
  );
}
