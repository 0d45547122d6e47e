import { PageSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function PlaygroundLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-56 rounded-lg" />
      <Skeleton className="h-28 rounded-lg" />
    </PageSkeleton>
  );
}
