import type { Metadata } from "next";
import { DocsFrame } from "../docs-frame";
import { LazyReference } from "./lazy-reference";

export const metadata: Metadata = {
  title: "API reference · Docs",
  description: "Every endpoint of this Baton instance, with its fields and errors, and a way to call it.",
};

export default function ReferencePage() {
  return (
    <DocsFrame>
      {/* The reference brings its own main landmark and heading. */}
      <div id="main" tabIndex={-1} className="min-w-0 outline-none">
        <LazyReference />
      </div>
    </DocsFrame>
  );
}
