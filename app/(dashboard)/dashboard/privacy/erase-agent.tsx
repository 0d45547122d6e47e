"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import { plural } from "../apps/words";
import { eraseAgentAction } from "./actions";

/** Deletes what is kept of one agent, after its id was typed twice. */
export function EraseAgent() {
  const [agentId, setAgentId] = useState("");
  const [isAsking, setIsAsking] = useState(false);
  const { run, isPending, failure } = useAction(eraseAgentAction, {
    onSuccess: ({ deleted }) => {
      setIsAsking(false);
      setAgentId("");
      toast.success(`Deleted: ${plural(deleted.runs, "task")}, ${plural(deleted.steps, "step")}.`);
    },
    onFailure: () => setIsAsking(false),
  });
  return (
    <>
      <Form
        errors={failure ? { agent_id: failure.message } : undefined}
        onFormSubmit={() => setIsAsking(true)}
        className="flex flex-wrap items-end gap-2"
      >
        <Field name="agent_id" label="Agent id" className="min-w-0 flex-1 sm:max-w-96">
          <Input
            required
            maxLength={100}
            value={agentId}
            onValueChange={setAgentId}
            placeholder="subagent_1771459200_1234"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button type="submit" variant="danger">
          Delete data
        </Button>
      </Form>
      {isAsking ? (
        <ConfirmDialog
          title="Delete this agent's data"
          action="Delete for ever"
          typed={agentId.trim()}
          isPending={isPending}
          onConfirm={() => run({ agent_id: agentId.trim() })}
          onClose={() => setIsAsking(false)}
        >
          Nobody can bring it back. Copies that web hooks have delivered to others are theirs.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
