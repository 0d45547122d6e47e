"use client";

import { type ErrorPageProps, ErrorPanel } from "#components/error-panel";

export default function RootError(props: ErrorPageProps) {
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <ErrorPanel {...props} />
    </main>
  );
}
