"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../shell/use-shortcut";
import { createProjectAction } from "./actions";
import { ProjectDialog } from "./project-dialog";

type CreateProjectButtonProps = { isMain?: boolean; opensAtOnce?: boolean };

/** Opens the form for a new project. The page's main button answers to Shift+N. */
export function CreateProjectButton({ isMain = false, opensAtOnce = false }: CreateProjectButtonProps) {
  const [isOpen, setIsOpen] = useState(opensAtOnce);
  const router = useRouter();
  const { run, isPending, failure, clear } = useAction(createProjectAction, {
    onSuccess: ({ id }) => router.push(`/dashboard/projects/${id}`),
  });
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });

  function close() {
    setIsOpen(false);
    clear();
    if (opensAtOnce) router.replace("/dashboard/projects");
  }

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Create project
      </Button>
      {isOpen ? (
        <ProjectDialog
          title="Create a project"
          action="Create project"
          isPending={isPending}
          errors={failure?.fields}
          onSubmit={run}
          onClose={close}
        />
      ) : null}
    </>
  );
}
