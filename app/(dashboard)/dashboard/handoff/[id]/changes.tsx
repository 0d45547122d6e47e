import { cn } from "#components/ui/cn";
import { Section } from "#components/ui/section";
import type { HandoffDetails } from "#lib/handoff/schema";
import { kindWords } from "../../projects/words";
import { type DiffLine, diffLines } from "../diff";

type ChangesProps = { before: HandoffDetails; after: HandoffDetails };

const marks: Record<DiffLine["mark"], { sign: string; words: string; look: string }> = {
  same: { sign: " ", words: "", look: "" },
  added: { sign: "+", words: "added: ", look: "bg-success-soft text-success" },
  removed: { sign: "−", words: "removed: ", look: "bg-destructive-soft text-destructive" },
};

/** What is new against the briefing before. Signs say the same as the colours. */
export function Changes({ before, after }: ChangesProps) {
  const lines = diffLines(before.briefing, after.briefing);
  if (!lines) return null;
  const changed = lines.filter(({ mark }) => mark !== "same").length;
  return (
    <Section
      title="Since the last one"
      description={`Compared with ${kindWords[before.kind].toLowerCase()} ${before.id}: ${changed === 0 ? "nothing changed" : `${changed} changed ${changed === 1 ? "line" : "lines"}`}.`}
    >
      {changed === 0 ? null : (
        <details className="min-w-0 rounded-md border bg-card">
          <summary className="cursor-pointer rounded-md px-3 py-2 text-muted-foreground hover:text-foreground">
            Show the changes
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
          <pre tabIndex={0} className="max-h-96 overflow-auto py-2 font-mono text-[0.8125rem] leading-5">
            {lines.map(({ position, mark, text }) => (
              <span
                key={position}
                className={cn("block whitespace-pre-wrap px-3 [overflow-wrap:anywhere]", marks[mark].look)}
              >
                <span aria-hidden>{marks[mark].sign} </span>
                <span className="sr-only">{marks[mark].words}</span>
                {text || " "}
              </span>
            ))}
          </pre>
        </details>
      )}
    </Section>
  );
}
