import type { ReactNode } from "react";

type EmptyStateProps = {
  title: string;
  children: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  /** The rank of the title: below the page's own one unless it stands in a section. */
  level?: 2 | 3;
};

/** What stands where a list would: why it is empty and what to do next. */
export function EmptyState({ title, children, action, icon, level = 2 }: EmptyStateProps) {
  const Title = level === 2 ? "h2" : "h3";
  return (
    <div className="grid justify-items-center gap-1.5 rounded-lg border border-dashed bg-card px-4 py-10 text-center">
      {icon ? <div className="mb-1 text-muted-foreground [&_svg]:size-5">{icon}</div> : null}
      <Title className="font-medium">{title}</Title>
      <div className="max-w-md text-muted-foreground">{children}</div>
      {action ? <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
