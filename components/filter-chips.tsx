import { X } from "lucide-react";
import { ButtonLink } from "#components/ui/button";
import { Link } from "#components/ui/link";

type FilterChipsProps = {
  /** What the list is narrowed by, each with the address of the same list without it. */
  chips: readonly { label: string; value: string; without: string }[];
  clear: string;
};

/** Everything that narrows a list, so that no filter works unseen. Nothing where none does. */
export function FilterChips({ chips, clear }: FilterChipsProps) {
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ label, value, without }) => (
        <li key={label} className="min-w-0">
          <Link
            href={without}
            scroll={false}
            className="inline-flex h-7 max-w-full items-center gap-1.5 rounded-full border bg-card px-2.5 text-xs hover:border-input hover:bg-muted pointer-coarse:h-9"
          >
            <span className="truncate">
              <span className="sr-only">Remove the filter </span>
              <span className="text-muted-foreground">{label}:</span> <span className="font-medium">{value}</span>
            </span>
            <X aria-hidden className="size-3 shrink-0 text-muted-foreground" />
          </Link>
        </li>
      ))}
      <li>
        <ButtonLink href={clear} scroll={false} size="sm" variant="ghost">
          Clear all
        </ButtonLink>
      </li>
    </ul>
  );
}
