"use client";

import { type OrchestrationCall, orchestrationSnippets } from "#components/orchestration-snippets";
import { Button } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { Dialog } from "#components/ui/dialog";
import { Tabs } from "#components/ui/tabs";
import { useFreshKey } from "../../../fresh-key";

/** The same run from a program. */
export function OrchestrationCodeDialog({ call, onClose }: { call: OrchestrationCall; onClose: () => void }) {
  const { origin } = useFreshKey();
  const { curl, typescript, python } = orchestrationSnippets({ origin, ...call });
  const tabs = [
    { value: "typescript", label: "TypeScript", code: typescript },
    { value: "python", label: "Python", code: python },
    { value: "curl", label: "As a model (curl)", code: curl },
  ];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="The same run from a program"
      description="The key is read from BATON_API_KEY. As the model baton/refine, any client of OpenAI can run it too, without a session."
      className="max-w-2xl"
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Tabs
        label="Language"
        tabs={tabs.map(({ value, label, code }) => ({
          value,
          label,
          panel: <CodeBlock label={label} code={code} className="max-h-96 overflow-y-auto" />,
        }))}
      />
    </Dialog>
  );
}
