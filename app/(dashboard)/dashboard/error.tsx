"use client";

import { type ErrorPageProps, ErrorPanel } from "#components/error-panel";

// Covers every page below /dashboard; the navigation around it stays.
export default function DashboardError(props: ErrorPageProps) {
  return <ErrorPanel {...props} />;
}
