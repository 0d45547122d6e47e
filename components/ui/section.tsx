import type { ReactNode } from "react";

type PageProps = { title: string; description?: ReactNode; actions?: ReactNode; children: ReactNode };

/** A page of the dashboard: its title, what it is for, its main actions, and the body. */
export function Page({ title, description, actions, children }: PageProps) {
  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {description ? <p className="max-w-2xl text-muted-foreground">{description}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, description, actions, children }: PageProps) {
  return (
    <section className="grid min-w-0 grid-cols-1 gap-3">
      <header className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-0.5">
          <h2 className="font-semibold text-base tracking-tight">{title}</h2>
          {description ? <p className="text-muted-foreground">{description}</p> : null}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
