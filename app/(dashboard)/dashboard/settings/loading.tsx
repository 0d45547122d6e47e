import { PageSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function SettingsLoading() {
  return (
    <PageSkeleton>
      <Skeleton className="h-24 max-w-2xl rounded-lg" />
      <Skeleton className="h-12 max-w-2xl rounded-lg" />
      <Skeleton className="h-20 max-w-2xl rounded-lg" />
    </PageSkeleton>
  );
}
