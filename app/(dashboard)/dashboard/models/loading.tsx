import { PageSkeleton, TableSkeleton } from "#components/ui/page-skeleton";

export default function ModelsLoading() {
  return (
    <PageSkeleton>
      <TableSkeleton rows={7} />
      <TableSkeleton rows={2} />
    </PageSkeleton>
  );
}
