import type { ReactNode } from "react";

type EmptyStateProps = { title: string; children: ReactNode; action?: ReactNode; icon?: ReactNode };

/** What stands where a list would: why it is empty and what to do next. */
export function EmptyState({ title, children, action, icon }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1.5 rounded-lg border border-dashed bg-card px-4 py-10 text-center">
      {icon ? <div className="mb-1 text-muted-foreground [&_svg]:size-5">{icon}</div> : null}
      <h3 className="font-medium">{title}</h3>
      <div className="max-w-md text-muted-foreground">{children}</div>
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
