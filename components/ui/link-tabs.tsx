import { Link } from "#components/ui/link";
import { cn } from "./cn";

type LinkTabsProps = { label: string; tabs: readonly { href: string; label: string; isCurrent: boolean }[] };

/** Views of which one shows, each with an address of its own: a shared link and a reload show the same one. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className="inline-flex max-w-full gap-0.5 overflow-x-auto rounded-md border bg-card p-0.5">
      {tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          scroll={false}
          aria-current={tab.isCurrent ? "page" : undefined}
          className={cn(
            "inline-flex h-7 items-center whitespace-nowrap rounded-sm px-2.5 text-muted-foreground -outline-offset-2 hover:text-foreground pointer-coarse:h-9",
            tab.isCurrent && "bg-accent font-medium text-accent-foreground hover:text-accent-foreground",
          )}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  );
}
