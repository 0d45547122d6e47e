"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "#components/ui/skeleton";

/** An answer as Markdown. Markdown is the heaviest part of the dashboard and comes only where there is an answer. */
export const LazyAnswer = dynamic(() => import("./answer").then((module) => module.Answer), {
  loading: () => <Skeleton className="h-16" />,
});
