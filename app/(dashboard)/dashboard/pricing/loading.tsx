import { TableSkeleton } from "#components/ui/page-skeleton";
import { Skeleton } from "#components/ui/skeleton";

export default function PricingLoading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-3">
      <Skeleton className="h-11 w-full" />
      <TableSkeleton rows={8} />
    </div>
  );
}
