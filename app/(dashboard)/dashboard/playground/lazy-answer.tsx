"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "#components/ui/skeleton";

/** An answer as Markdown for what changes in the browser. Pages show finished answers with `Markdown`, without script. */
export const LazyAnswer = dynamic(() => import("./answer").then((module) => module.Answer), {
  loading: () => <Skeleton className="h-16" />,
});
