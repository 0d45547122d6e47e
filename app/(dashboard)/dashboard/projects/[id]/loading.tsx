import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function ProjectLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-56 rounded-lg" />
      <TableSkeleton rows={5} />
    </PageSkeleton>
  );
}
