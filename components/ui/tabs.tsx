"use client";

import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cn } from "./cn";

type TabsProps = {
  label: string;
  tabs: readonly { value: string; label: string; panel: ReactNode }[];
  className?: string;
};

/** Panels of which one shows at a time. */
export function Tabs({ label, tabs, className }: TabsProps) {
  return (
    <BaseTabs.Root defaultValue={tabs[0]?.value} className={cn("min-w-0", className)}>
      <BaseTabs.List aria-label={label} className="relative flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className="h-8.5 whitespace-nowrap px-2.5 text-muted-foreground text-sm -outline-offset-2 hover:text-foreground data-active:text-foreground"
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
        <BaseTabs.Indicator className="absolute bottom-0 left-(--active-tab-left) h-0.5 w-(--active-tab-width) bg-primary transition-all duration-150" />
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel key={tab.value} value={tab.value} className="pt-3">
          {tab.panel}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
