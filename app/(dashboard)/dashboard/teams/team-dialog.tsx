"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import type { Team } from "#lib/teams/schema";
import { createTeamAction, updateTeamAction } from "./actions";
import { MemberList } from "./member-list";

type TeamDialogProps = { models: string[]; team?: Team; onClose: () => void };
type Typed = { team: string; name: string; description: string };

/** The form for a new team, or for one that is there. */
export function TeamDialog({ models, team, onClose }: TeamDialogProps) {
  const formId = useId();
  const [members, setMembers] = useState(team?.models ?? models.slice(0, 1));
  const done = {
    onSuccess: ({ name }: Team) => {
      onClose();
      toast.success(team ? `${name} is saved.` : `${name} is created.`);
    },
  };
  const creation = useAction(createTeamAction, done);
  const change = useAction(updateTeamAction, done);
  const { isPending, failure } = team ? change : creation;

  function save({ team: id, name, description }: Typed) {
    if (team) change.run({ team: team.team, name, description: description || null, models: members });
    else creation.run({ team: id, name, ...(description && { description }), models: members });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title={team ? `Edit ${team.name}` : "Create a team"}
      description="Members answer in turn. The same model may be a member twice."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending} disabled={members.length === 0}>
            {team ? "Save team" : "Create team"}
          </Button>
        </>
      }
    >
      <Form<Typed> id={formId} errors={failure?.fields} onFormSubmit={save} className="grid gap-4">
        {team ? null : (
          <Field name="team" label="Id" description="Programs name the team by it. It cannot be changed later.">
            <Input
              required
              maxLength={65}
              pattern="team_[a-z0-9_]+"
              placeholder="team_support"
              autoComplete="off"
              spellCheck={false}
              className="font-mono"
            />
          </Field>
        )}
        <Field name="name" label="Name">
          <Input required maxLength={100} autoComplete="off" defaultValue={team?.name} />
        </Field>
        <Field name="description" label="Description (optional)">
          <Input maxLength={1000} autoComplete="off" defaultValue={team?.description ?? ""} />
        </Field>
        <MemberList models={models} members={members} onChange={setMembers} />
      </Form>
    </Dialog>
  );
}
