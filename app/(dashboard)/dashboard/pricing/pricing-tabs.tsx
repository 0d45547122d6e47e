"use client";

import { useSelectedLayoutSegment } from "next/navigation";
import { useEffect, useRef } from "react";
import { LinkTabs } from "#components/ui/link-tabs";

const tabs = [
  { segments: [null, "quotes"], href: "/dashboard/pricing", label: "Quotes" },
  { segments: ["scenarios"], href: "/dashboard/pricing/scenarios", label: "Scenario sets" },
  { segments: ["decisions"], href: "/dashboard/pricing/decisions", label: "Decisions" },
  { segments: ["exceptions"], href: "/dashboard/pricing/exceptions", label: "Exceptions" },
  { segments: ["weekly"], href: "/dashboard/pricing/weekly", label: "Weekly review" },
  { segments: ["experiments"], href: "/dashboard/pricing/experiments", label: "Experiments" },
  { segments: ["policy"], href: "/dashboard/pricing/policy", label: "Policy" },
];

/** The views of the pricing desk, each with an address of its own. */
export function PricingTabs() {
  const segment = useSelectedLayoutSegment();
  const bar = useRef<HTMLDivElement>(null);
  const shown = tabs.map(({ segments, ...tab }) => ({ ...tab, isCurrent: segments.includes(segment) }));
  const current = shown.find(({ isCurrent }) => isCurrent)?.label;

  // On a narrow screen the bar scrolls, and the current one may be beyond its edge.
  useEffect(() => {
    const link = [...(bar.current?.querySelectorAll("a") ?? [])].find(({ textContent }) => textContent === current);
    link?.parentElement?.scrollTo({ left: link.offsetLeft - link.parentElement.clientWidth / 2 });
  }, [current]);

  return (
    <div ref={bar} className="relative min-w-0 print:hidden">
      <LinkTabs label="Views of the pricing desk" tabs={shown} />
    </div>
  );
}
