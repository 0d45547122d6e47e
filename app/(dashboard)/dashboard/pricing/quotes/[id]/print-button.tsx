"use client";

import { Printer } from "lucide-react";
import { Button } from "#components/ui/button";

/** Prints the quote alone, without the dashboard around it. */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden />
      Print
    </Button>
  );
}
