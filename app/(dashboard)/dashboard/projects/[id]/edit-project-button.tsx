"use client";

import { Pencil } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Label } from "#components/ui/label";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import type { Project } from "#lib/projects/schema";
import { updateProjectAction } from "../actions";
import { ProjectDialog } from "../project-dialog";
import { optionsOf, projectWords } from "../words";

/** Changes a project's name, description and status. */
export function EditProjectButton({ project }: { project: Project }) {
  const [isOpen, setIsOpen] = useState(false);
  const [status, setStatus] = useState(project.status);
  const { run, isPending, failure, clear } = useAction(updateProjectAction, {
    onSuccess: () => {
      toast.success("The project is saved.");
      setIsOpen(false);
    },
  });

  function open() {
    clear();
    setStatus(project.status);
    setIsOpen(true);
  }

  return (
    <>
      <Button onClick={open}>
        <Pencil aria-hidden />
        Edit
      </Button>
      {isOpen ? (
        <ProjectDialog
          title="Edit the project"
          action="Save"
          stored={project}
          isPending={isPending}
          errors={failure?.fields}
          onSubmit={(facts) => run({ id: project.id, ...facts, status })}
          onClose={() => setIsOpen(false)}
        >
          <div className="grid gap-1.5">
            <Label htmlFor="project-status">Status</Label>
            <Select
              id="project-status"
              aria-label="Status"
              value={status}
              onValueChange={setStatus}
              options={optionsOf(projectWords)}
            />
          </div>
        </ProjectDialog>
      ) : null}
    </>
  );
}
