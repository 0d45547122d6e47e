import { PageSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function AppsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-8.5 w-full max-w-64" />
      <div className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {[1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-38 rounded-lg" />
        ))}
      </div>
    </PageSkeleton>
  );
}
