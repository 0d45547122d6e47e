"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { LinkTabs } from "#components/ui/link-tabs";

const tabs = [
  { segment: null, label: "Overview" },
  { segment: "packages", label: "Packages" },
  { segment: "deployments", label: "Deployments" },
  { segment: "webhooks", label: "Web hooks" },
  { segment: "settings", label: "Settings" },
];

/** The views of an app, each with an address of its own. */
export function AppTabs({ appId }: { appId: string }) {
  const current = useSelectedLayoutSegment();
  return (
    <LinkTabs
      label="Views of the app"
      tabs={tabs.map(({ segment, label }) => ({
        href: `/dashboard/apps/${appId}${segment ? `/${segment}` : ""}`,
        label,
        isCurrent: segment === current,
      }))}
    />
  );
}
