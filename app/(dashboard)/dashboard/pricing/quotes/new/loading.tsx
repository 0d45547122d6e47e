import { Skeleton } from "#components/ui/skeleton";

export default function BuilderLoading() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-5">
      <Skeleton className="h-24 w-full" />
      <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {["enterprise", "mid_market", "smb", "startup"].map((segment) => (
          <Skeleton key={segment} className="h-48" />
        ))}
      </div>
    </div>
  );
}
