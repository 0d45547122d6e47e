"use client";

import { Form } from "@base-ui/react/form";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../../shell/use-shortcut";
import { createExperimentAction } from "./actions";

/** Opens the form for an experiment. The page's main button answers to Shift+N. */
export function CreateExperimentButton({ isMain = false }: { isMain?: boolean }) {
  const [isOpen, setIsOpen] = useState(false);
  useShortcut("shift+n", () => {
    if (isMain) setIsOpen(true);
  });
  return (
    <>
      <Button variant={isMain ? "primary" : "secondary"} onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        New experiment
      </Button>
      {isOpen ? <CreateExperimentDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

type Typed = { name: string; markup_adjustment: string; test_share_pct: string };

function CreateExperimentDialog({ onClose }: { onClose: () => void }) {
  const formId = useId();
  const router = useRouter();
  const { run, isPending, failure } = useAction(createExperimentAction, {
    onSuccess: ({ experiment_id }) => {
      toast.success("The experiment runs.");
      router.push(`/dashboard/pricing/experiments/${experiment_id}`);
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="New experiment"
      description="Control is priced by the policy alone, test with the adjustment added to its markup."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="primary" pending={isPending}>
            Begin experiment
          </Button>
        </>
      }
    >
      <Form<Typed> id={formId} errors={failure?.fields} onFormSubmit={(typed) => run(typed)} className="grid gap-4">
        <Field name="name" label="Name">
          <Input required maxLength={100} autoComplete="off" />
        </Field>
        <Field
          name="markup_adjustment"
          label="Adjustment of the markup"
          description="Such as 0.5, or −0.5 for a lower price."
        >
          <Input type="number" required min={-100} max={100} step="any" defaultValue="0.5" className="max-w-40" />
        </Field>
        <Field name="test_share_pct" label="Share of the customers in the test, in %">
          <Input type="number" required min={0} max={100} step="any" defaultValue="50" className="max-w-40" />
        </Field>
      </Form>
    </Dialog>
  );
}
