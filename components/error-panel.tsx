"use client";

import { RotateCw } from "lucide-react";
import { Button } from "#components/ui/button";

export type ErrorPageProps = { error: unknown; retry: () => void };

/** What stands where a page could not be shown: how to go on, and the number that finds the reason in the log. */
export function ErrorPanel({ error, retry }: ErrorPageProps) {
  const digest = digestOf(error);
  return (
    <div role="alert" className="grid max-w-lg justify-items-start gap-3 rounded-lg border bg-card p-5">
      <h1 className="font-semibold text-base tracking-tight">This page could not be loaded</h1>
      <p className="text-muted-foreground">
        Something went wrong on our side. Nothing you did is lost; trying again often helps.
      </p>
      <Button variant="primary" onClick={retry}>
        <RotateCw aria-hidden />
        Try again
      </Button>
      {digest ? <p className="text-muted-foreground text-xs">Error id {digest}</p> : null}
    </div>
  );
}

function digestOf(error: unknown): string | null {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : null;
}
