"use client";

import dynamic from "next/dynamic";

/** The reference is large and needs a browser: it is loaded on this page only, after it. */
export const LazyReference = dynamic(() => import("./reference").then(({ Reference }) => Reference), {
  ssr: false,
  loading: () => (
    <main className="grid gap-2 px-4 py-10 text-center">
      <h1 className="font-semibold text-xl">API reference</h1>
      <p role="status" className="text-muted-foreground">
        Loading …
      </p>
    </main>
  ),
});
