import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function ApiKeysLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-8.5 w-full max-w-md" />
      <TableSkeleton rows={4} />
    </PageSkeleton>
  );
}
