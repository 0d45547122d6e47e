import { TableSkeleton } from "#components/ui/page-skeleton";

export default function AppTabLoading() {
  return (
    <div role="status" aria-label="Loading">
      <TableSkeleton rows={5} />
    </div>
  );
}
