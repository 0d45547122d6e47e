"use client";

import { Menu as MenuIcon } from "lucide-react";
import { usePathname } from "next/navigation";
import { Fragment, type ReactNode, useState } from "react";
import { Button } from "#components/ui/button";
import { cn } from "#components/ui/cn";
import { Drawer } from "#components/ui/drawer";
import { Link } from "#components/ui/link";
import { destinationsFor } from "./navigation";

/** Links to every page the reader may open. */
function Navigation({ isAdmin, onNavigate }: { isAdmin: boolean; onNavigate?: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="grid min-h-0 content-start gap-0.5 overflow-y-auto">
      {destinationsFor(isAdmin).map(({ href, label, icon: Icon, group }, index, all) => {
        const isCurrent = pathname === href || (href !== "/dashboard" && pathname.startsWith(`${href}/`));
        return (
          <Fragment key={href}>
            {group && group !== all[index - 1]?.group ? (
              <p className="px-2.5 pt-3 pb-1 text-muted-foreground text-xs">{group}</p>
            ) : null}
            <Link
              href={href}
              onClick={onNavigate}
              aria-current={isCurrent ? "page" : undefined}
              className={cn(
                "relative flex h-8.5 items-center gap-2.5 rounded-md px-2.5 text-muted-foreground hover:bg-muted hover:text-foreground pointer-coarse:h-11",
                isCurrent &&
                  "bg-accent font-medium text-accent-foreground before:absolute before:inset-y-2 before:left-0 before:w-0.5 before:rounded-full before:bg-primary hover:bg-accent hover:text-accent-foreground",
              )}
            >
              <Icon aria-hidden className="size-4" />
              {label}
            </Link>
          </Fragment>
        );
      })}
    </nav>
  );
}

type SidebarProps = { isAdmin: boolean; header: ReactNode; footer: ReactNode };

/** The navigation beside the page. */
export function Sidebar({ isAdmin, header, footer }: SidebarProps) {
  return (
    <aside className="sticky top-0 hidden h-dvh grid-rows-[auto_1fr_auto] gap-4 border-r bg-card p-3 lg:grid">
      {header}
      <Navigation isAdmin={isAdmin} />
      {footer}
    </aside>
  );
}

/** The same navigation behind a button, for small screens. */
export function NavigationDrawer({ isAdmin, header, footer }: SidebarProps) {
  const pathname = usePathname();
  // Open on the page it was opened on: whichever link leads to another page, the drawer does not stay in front of it.
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  return (
    <Drawer
      open={openedOn === pathname}
      onOpenChange={(isOpen) => setOpenedOn(isOpen ? pathname : null)}
      title="Navigation"
      trigger={
        <Button variant="ghost" size="icon" aria-label="Open navigation" className="lg:hidden">
          <MenuIcon aria-hidden />
        </Button>
      }
    >
      <div className="grid h-full grid-rows-[auto_1fr_auto] gap-4 p-3">
        {header}
        <Navigation isAdmin={isAdmin} onNavigate={() => setOpenedOn(null)} />
        {footer}
      </div>
    </Drawer>
  );
}
