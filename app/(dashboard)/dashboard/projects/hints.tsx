import { Link } from "#components/ui/link";

const practices = [
  {
    text: "Keep 10 to 20 specialized primary accounts and 50 to 100 general ones as backups.",
    href: "/dashboard/accounts",
  },
  { text: "Stop a session at 88 to 92 credits, compress, rotate, and paste the briefing.", href: "/dashboard/handoff" },
  { text: "Look at the credits of every project once a month.", href: "/dashboard/projects" },
  { text: "Write down what worked, so that new sessions suggest it.", href: "/dashboard/knowledge" },
];

/** How the work desk is meant to be used. */
export function Hints() {
  return (
    <details className="rounded-lg border bg-card">
      <summary className="cursor-pointer rounded-lg px-4 py-2.5 font-medium">How to work with many accounts</summary>
      <ol className="grid list-decimal gap-1.5 px-4 pb-4 pl-9 text-muted-foreground">
        {practices.map(({ text, href }) => (
          <li key={href}>
            <Link href={href} className="rounded-sm hover:text-foreground hover:underline">
              {text}
            </Link>
          </li>
        ))}
      </ol>
    </details>
  );
}
