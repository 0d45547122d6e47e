import { PageSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function ProjectsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-8.5 w-full max-w-64" />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
        {[1, 2, 3, 4].map((column) => (
          <Skeleton key={column} className="h-40 rounded-lg" />
        ))}
      </div>
    </PageSkeleton>
  );
}
