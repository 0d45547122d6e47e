"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { LinkTabs } from "#components/ui/link-tabs";

const tabs = [
  { segment: null, label: "Access" },
  { segment: "audit", label: "Audit log" },
  { segment: "signing", label: "Request signing" },
];

/** The parts of the security desk, each with an address of its own. */
export function SecurityTabs() {
  const current = useSelectedLayoutSegment();
  return (
    <div className="min-w-0">
      <LinkTabs
        label="Parts of security"
        tabs={tabs.map(({ segment, label }) => ({
          href: `/dashboard/security${segment ? `/${segment}` : ""}`,
          label,
          isCurrent: segment === current,
        }))}
      />
    </div>
  );
}
