import { cn } from "#components/ui/cn";
import { Link } from "#components/ui/link";

type ChoiceChipsProps = {
  label: string;
  choices: readonly { label: string; href: string; isCurrent: boolean; count?: number }[];
};

/** Ways to narrow a list, each with an address of its own; a second press on the chosen one shows all again. */
export function ChoiceChips({ label, choices }: ChoiceChipsProps) {
  return (
    <ul aria-label={label} className="flex min-w-0 flex-wrap gap-1.5">
      {choices.map(({ label: words, href, isCurrent, count }) => (
        <li key={words}>
          <Link
            href={href}
            scroll={false}
            aria-current={isCurrent ? "true" : undefined}
            className={cn(
              "inline-flex h-7 items-center gap-1.5 rounded-full border bg-card px-2.5 text-muted-foreground text-xs hover:border-input hover:text-foreground pointer-coarse:h-9",
              isCurrent && "border-accent-foreground/30 bg-accent font-medium text-accent-foreground",
            )}
          >
            {words}
            {count === undefined ? null : <span className="tabular-nums">{count}</span>}
          </Link>
        </li>
      ))}
    </ul>
  );
}
