import { cn } from "#components/ui/cn";
import type { Heading } from "#lib/docs/markdown";

/** The headings of a guide as links. */
export function OnThisPage({ headings, label }: { headings: readonly Heading[]; label: string }) {
  return (
    <nav aria-label={label}>
      <ul className="grid border-l">
        {headings.map(({ id, text, level }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className={cn(
                "-ml-px block border-transparent border-l py-1 pl-3 text-muted-foreground hover:border-primary hover:text-foreground",
                level === 3 && "pl-6",
              )}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
