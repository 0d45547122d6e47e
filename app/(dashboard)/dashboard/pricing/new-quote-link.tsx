"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { ButtonLink } from "#components/ui/button";
import { useShortcut } from "../../shell/use-shortcut";

const href = "/dashboard/pricing/quotes/new";

/** Leads to the builder of quotes, as Shift+N does. */
export function NewQuoteLink() {
  const router = useRouter();
  useShortcut("shift+n", () => router.push(href));
  return (
    <ButtonLink href={href} variant="primary">
      <Plus aria-hidden />
      New quote
    </ButtonLink>
  );
}
