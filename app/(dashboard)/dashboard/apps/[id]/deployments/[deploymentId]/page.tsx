import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getDeploymentCredits } from "#lib/deployments/history";
import { getDeployment } from "#lib/deployments/service";
import { requireMember } from "../../../../../member";
import { orNotFound } from "../../app";
import { DeploymentView } from "./deployment-view";

export const metadata: Metadata = { title: "Deployment" };

type DeploymentPageProps = { params: Promise<{ id: string; deploymentId: string }> };

export default async function DeploymentPage({ params }: DeploymentPageProps) {
  const [ctx, { id, deploymentId }] = await Promise.all([requireMember("agents:read"), params]);
  const { deployment } = await orNotFound(getDeployment(ctx, deploymentId));
  if (deployment.agent_app_id !== id) notFound();
  return (
    <DeploymentView key={deploymentId} stored={deployment} credits={await getDeploymentCredits(ctx, deploymentId)} />
  );
}
