"use client";

import { Toaster as SonnerToaster } from "sonner";

/** Where short messages appear. One per page, in the root layout. */
export function Toaster() {
  return <SonnerToaster position="bottom-right" closeButton visibleToasts={4} gap={8} />;
}
