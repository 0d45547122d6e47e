"use client";

import { type ChatMessage, chatSnippets } from "#components/snippets";
import { Button } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { Dialog } from "#components/ui/dialog";
import { Tabs } from "#components/ui/tabs";
import { useFreshKey } from "../../fresh-key";

type CodeDialogProps = { model: string; messages: ChatMessage[]; onClose: () => void };

/** The same call from a program. */
export function CodeDialog({ model, messages, onClose }: CodeDialogProps) {
  const { origin } = useFreshKey();
  const snippets = chatSnippets({ origin, model, messages });
  const tabs = [
    { value: "curl", label: "curl", code: snippets.curl },
    { value: "typescript", label: "TypeScript", code: snippets.typescript },
    { value: "python", label: "Python", code: snippets.python },
  ];
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="The same call from a program"
      description="The key is read from BATON_API_KEY. TypeScript and Python use OpenAI's own client."
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
