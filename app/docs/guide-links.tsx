"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { Drawer } from "#components/ui/drawer";

export type GuideLinkGroup = { group: string; links: { href: string; title: string }[] };
type GuideLinksProps = { groups: readonly GuideLinkGroup[]; onNavigate?: () => void };

/** All guides in their groups; the one that is read is marked. */
export function GuideLinks({ groups, onNavigate }: GuideLinksProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Guides" className="grid content-start gap-5">
      {groups.map(({ group, links }) => (
        <div key={group} className="grid gap-0.5">
          <p className="px-2.5 pb-1 font-medium text-xs">{group}</p>
          {links.map(({ href, title }) => (
            <Link
              key={href}
              href={href}
              onClick={onNavigate}
              aria-current={pathname === href ? "page" : undefined}
              className={cn(
                "rounded-md px-2.5 py-1.5 text-muted-foreground hover:bg-muted hover:text-foreground pointer-coarse:py-2.5",
                pathname === href &&
                  "bg-accent font-medium text-accent-foreground hover:bg-accent hover:text-accent-foreground",
              )}
            >
              {title}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** The same behind a button, for small screens. */
export function GuideDrawer({ groups }: { groups: readonly GuideLinkGroup[] }) {
  const pathname = usePathname();
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  return (
    <Drawer
      open={openedOn === pathname}
      onOpenChange={(isOpen) => setOpenedOn(isOpen ? pathname : null)}
      title="Guides"
      trigger={
        <Button variant="ghost" size="icon" aria-label="Open the list of guides" className="lg:hidden">
          <MenuIcon aria-hidden />
        </Button>
      }
    >
      <div className="p-3">
        <GuideLinks groups={groups} onNavigate={() => setOpenedOn(null)} />
      </div>
    </Drawer>
  );
}
