import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Link } from "#components/ui/link";
import { DeploymentBadge } from "../deployment-badge";
import { VisibilityBadge } from "../visibility-badge";
import { isUnderWay } from "../words";
import { type AppParams, currentApp } from "./app";
import { AppTabs } from "./app-tabs";

type AppLayoutProps = { params: AppParams; children: ReactNode };

export async function generateMetadata({ params }: AppLayoutProps): Promise<Metadata> {
  const { name } = await currentApp((await params).id);
  return { title: { default: name, template: `%s · ${name} · Baton` } };
}

export default async function AppLayout({ params, children }: AppLayoutProps) {
  const app = await currentApp((await params).id);
  const { deployment } = app;
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/apps" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Agent apps
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 font-semibold text-xl tracking-tight [overflow-wrap:anywhere]">{app.name}</h1>
          <VisibilityBadge isPublic={app.isPublic} />
          {app.version ? <span className="text-muted-foreground tabular-nums">{app.version} is live</span> : null}
          {deployment && isUnderWay(deployment.status) ? (
            <Link href={`/dashboard/apps/${app.id}/deployments/${deployment.id}`}>
              <DeploymentBadge status={deployment.status} />
            </Link>
          ) : null}
        </div>
        {app.description ? (
          <p className="line-clamp-2 max-w-2xl text-muted-foreground [overflow-wrap:anywhere]">{app.description}</p>
        ) : null}
      </header>
      <AppTabs appId={app.id} />
      {children}
    </div>
  );
}
