"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { useEffect, useRef } from "react";
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
  const bar = useRef<HTMLDivElement>(null);

  // On a narrow screen the bar scrolls, and the current one may be beyond its edge.
  useEffect(() => {
    const label = tabs.find(({ segment }) => segment === current)?.label;
    const link = [...(bar.current?.querySelectorAll("a") ?? [])].find(({ textContent }) => textContent === label);
    link?.parentElement?.scrollTo({ left: link.offsetLeft - link.parentElement.clientWidth / 2 });
  }, [current]);

  return (
    <div ref={bar} className="relative min-w-0">
      <LinkTabs
        label="Views of the app"
        tabs={tabs.map(({ segment, label }) => ({
          href: `/dashboard/apps/${appId}${segment ? `/${segment}` : ""}`,
          label,
          isCurrent: segment === current,
        }))}
      />
    </div>
  );
}
