import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function AccountsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-20 rounded-lg" />
      <Skeleton className="h-8.5 w-full max-w-64" />
      <TableSkeleton rows={6} />
    </PageSkeleton>
  );
}
