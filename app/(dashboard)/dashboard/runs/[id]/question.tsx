import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { Section } from "#components/ui/section";
import type { RunDetails } from "#lib/runs/schema";
import { askedOf } from "../asked";

/** What the run was asked. */
export function Question({ run }: { run: RunDetails }) {
  const asked = askedOf(run.input);
  return (
    <Section title="Prompt">
      {asked === null ? (
        <Card className="p-4 text-muted-foreground">
          {run.strategy === "passthrough"
            ? "Prompts and answers of calls that are passed through to a provider are not kept, only what they took."
            : "Nothing was kept of what this run was asked."}
        </Card>
      ) : "prompt" in asked ? (
        <Card>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <p tabIndex={0} className="max-h-80 overflow-y-auto whitespace-pre-wrap p-4 [overflow-wrap:anywhere]">
            {asked.prompt}
          </p>
        </Card>
      ) : (
        <CodeBlock label="input" code={asked.json} className="max-h-80 overflow-y-auto" />
      )}
    </Section>
  );
}
