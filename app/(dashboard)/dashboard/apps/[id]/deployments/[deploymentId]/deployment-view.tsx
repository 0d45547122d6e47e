"use client";

import { LoaderCircle, WifiOff } from "lucide-react";
import { useRouter } from "next/navigation";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Link } from "#components/ui/link";
import type { DeploymentCredits } from "#lib/deployments/history-queries";
import type { Deployment } from "#lib/deployments/schema";
import { DeploymentBadge } from "../../../deployment-badge";
import { isUnderWay } from "../../../words";
import { CancelButton } from "../cancel-button";
import { Facts } from "./facts";
import { Timeline } from "./timeline";
import { type Connection, useDeployment } from "./use-deployment";

type DeploymentViewProps = { stored: Deployment; credits: DeploymentCredits };

/** A deployment that moves by itself: its five steps with what each said, and what it cost. */
export function DeploymentView({ stored, credits }: DeploymentViewProps) {
  const router = useRouter();
  const [deployment, connection, look] = useDeployment(stored, router.refresh);
  const { id, status, version, error, agent_app_id: appId, superseded_by: newer } = deployment;
  const base = `/dashboard/apps/${appId}`;

  return (
    <div className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 className="font-semibold text-base tracking-tight">Deployment of {version}</h2>
        <span role="status" className="flex items-center gap-2">
          <DeploymentBadge status={status} />
          <ConnectionNote connection={connection} />
        </span>
        {deployment.is_current ? <Badge tone="success">Live</Badge> : null}
        <span className="ml-auto flex gap-2">
          {status === "queued" ? <CancelButton id={id} version={version} onCancelled={look} /> : null}
          {status === "completed" && !newer ? (
            <ButtonLink size="sm" variant="primary" href={base}>
              Call the app
            </ButtonLink>
          ) : null}
        </span>
      </div>
      {error && status === "failed" ? (
        <Alert tone="danger">
          {error} <span className="block">What was live before still is, and reserved credits are given back.</span>
        </Alert>
      ) : null}
      {newer ? (
        <Alert tone="info">
          A{" "}
          <Link href={`${base}/deployments/${newer}`} className="underline underline-offset-4">
            newer deployment
          </Link>{" "}
          was live already when this one completed, and stayed so. You can roll back to this version at any time.
        </Alert>
      ) : null}
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
        <Card className="min-w-0">
          <Timeline steps={deployment.progress.steps} isOpen={isUnderWay(status)} />
        </Card>
        <Facts deployment={deployment} credits={credits} />
      </div>
    </div>
  );
}

function ConnectionNote({ connection }: { connection: Connection }) {
  if (connection === "ended") return null;
  const isCut = connection === "reconnecting";
  const Icon = isCut ? WifiOff : LoaderCircle;
  if (connection === "live") return <span className="text-muted-foreground text-xs">live</span>;
  return (
    <span className="flex items-center gap-1.5 text-warning text-xs">
      <Icon aria-hidden className={isCut ? "size-3.5" : "size-3.5 animate-spin"} />
      {isCut ? "Reconnecting. What you see may be old." : "Connecting"}
    </span>
  );
}
