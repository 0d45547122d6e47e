"use client";

import dynamic from "next/dynamic";

// Each view is a page's worth of script, and only one shows.
export const Playground = dynamic(() => import("./playground").then((module) => module.Playground));
export const Orchestrator = dynamic(() => import("./orchestrate/orchestrator").then((module) => module.Orchestrator));
