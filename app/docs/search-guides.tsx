"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog as BaseDialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ModKey } from "#components/ui/mod-key";
import { useShortcut } from "../(dashboard)/shell/use-shortcut";
import { rankSections, type SearchHit, type SearchSection } from "./search-rank";

type Index = { state: "none" | "loading" | "failed" } | { state: "ready"; sections: SearchSection[] };

/** Searches all guides, on Mod+K. The texts are fetched when it is first opened. */
export function SearchGuides() {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [index, setIndex] = useState<Index>({ state: "none" });
  const hits = index.state === "ready" ? rankSections(index.sections, query) : [];

  function show(isShown: boolean) {
    setIsOpen(isShown);
    setQuery("");
    if (isShown && (index.state === "none" || index.state === "failed")) load();
  }

  async function load() {
    setIndex({ state: "loading" });
    try {
      const response = await fetch("/docs/search.json");
      if (!response.ok) throw new Error(`The texts were answered with ${response.status}.`);
      setIndex({ state: "ready", sections: await response.json() });
    } catch {
      setIndex({ state: "failed" });
    }
  }

  useShortcut("mod+k", () => show(!isOpen));

  return (
    <BaseDialog.Root open={isOpen} onOpenChange={show}>
      <BaseDialog.Trigger render={<Button className="gap-2 text-muted-foreground max-sm:size-8.5 max-sm:px-0" />}>
        <Search aria-hidden />
        <span className="max-sm:sr-only">Search</span>
        <span className="max-sm:hidden">
          <ModKey then="K" />
        </span>
      </BaseDialog.Trigger>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(0.15_0.02_230/0.5)]" />
        <BaseDialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center px-3 pt-[12vh]">
          <BaseDialog.Popup
            aria-label="Search the guides"
            className="w-full max-w-xl overflow-hidden rounded-xl border bg-popover shadow-pop outline-none"
          >
            <Autocomplete.Root
              open
              inline
              items={hits}
              filter={null}
              value={query}
              onValueChange={setQuery}
              itemToStringValue={(hit: SearchHit) => hit.heading}
              autoHighlight="always"
              keepHighlight
            >
              <div className="flex items-center gap-2.5 border-b px-3.5">
                <Search aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                <Autocomplete.Input
                  aria-label="Search the guides"
                  placeholder="What are you looking for?"
                  className="h-11 w-full bg-transparent text-sm outline-none placeholder:text-muted-foreground pointer-coarse:text-base"
                />
                <BaseDialog.Close className="sr-only">Close the search</BaseDialog.Close>
              </div>
              <Autocomplete.Empty>
                <p className="px-3.5 py-6 text-muted-foreground">{emptyWords(index.state, query)}</p>
              </Autocomplete.Empty>
              <Autocomplete.List className="max-h-[60vh] overflow-y-auto p-1.5 empty:hidden">
                {(hit: SearchHit) => (
                  <Autocomplete.Item
                    key={hit.href}
                    value={hit}
                    onClick={() => {
                      setIsOpen(false);
                      router.push(hit.href);
                    }}
                    className="grid cursor-default gap-0.5 rounded-md px-2.5 py-2 outline-none data-highlighted:bg-accent data-highlighted:text-accent-foreground"
                  >
                    <span className="font-medium">
                      {hit.heading === hit.title ? hit.title : `${hit.title}: ${hit.heading}`}
                    </span>
                    <span className="truncate text-muted-foreground text-xs">{hit.excerpt}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Root>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}

function emptyWords(state: Index["state"], query: string): string {
  if (state === "failed") return "The texts of the guides could not be loaded. Close and open the search to try again.";
  if (state !== "ready") return "Loading the guides …";
  return query.trim() ? "No guide says that." : "Type a word: web hook, refund, timeout …";
}
