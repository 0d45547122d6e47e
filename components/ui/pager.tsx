import { ChevronLeft, ChevronRight } from "lucide-react";
import { ButtonLink } from "./button";

type PagerProps = {
  /** Of which list, for assistive technology. */
  label: string;
  /** From 1. */
  page: number;
  hasNext: boolean;
  hrefOf: (page: number) => string;
};

/** The way through a list that is newest first. Nothing where there is only one page. */
export function Pager({ label, page, hasNext, hrefOf }: PagerProps) {
  if (page === 1 && !hasNext) return null;
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-3 text-muted-foreground text-xs">
      <span>Page {page}</span>
      <span className="flex gap-2">
        {page > 1 ? (
          <ButtonLink size="sm" href={hrefOf(page - 1)} scroll={false}>
            <ChevronLeft aria-hidden />
            Newer
          </ButtonLink>
        ) : null}
        {hasNext ? (
          <ButtonLink size="sm" href={hrefOf(page + 1)} scroll={false}>
            Older
            <ChevronRight aria-hidden />
          </ButtonLink>
        ) : null}
      </span>
    </nav>
  );
}
