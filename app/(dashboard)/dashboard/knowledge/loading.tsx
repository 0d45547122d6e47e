import { PageSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function KnowledgeLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-8.5 w-full max-w-64" />
      <div className="grid gap-3 lg:grid-cols-2">
        {[1, 2, 3, 4].map((card) => (
          <Skeleton key={card} className="h-44 rounded-lg" />
        ))}
      </div>
    </PageSkeleton>
  );
}
