"use client";

import { Form } from "@base-ui/react/form";
import { useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useAction } from "#components/use-action";
import { blockIpAction } from "./actions";

const times = [
  { value: "1", label: "An hour" },
  { value: "24", label: "A day" },
  { value: "168", label: "A week" },
  { value: "720", label: "30 days" },
  { value: "8760", label: "A year" },
];

/** The form that blocks an address. The reader's own is only blocked when that is said. */
export function BlockDialog({ yourIp, onClose }: { yourIp: string | null; onClose: () => void }) {
  const formId = useId();
  const [ip, setIp] = useState("");
  const [hours, setHours] = useState("24");
  const [isMeant, setIsMeant] = useState(false);
  const isOwn = yourIp !== null && ip.trim() === yourIp;
  const { run, isPending, failure } = useAction(blockIpAction, {
    onSuccess: (blocked) => {
      onClose();
      toast.success(`${blocked.ip} is blocked.`);
    },
  });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Block an address"
      description="Calls with keys are answered 403 from there. Logins are not held to it."
      footer={
        <>
          <Button onClick={onClose} disabled={isPending}>
            Cancel
          </Button>
          <Button type="submit" form={formId} variant="danger" pending={isPending} disabled={isOwn && !isMeant}>
            Block address
          </Button>
        </>
      }
    >
      <Form<{ reason: string }>
        id={formId}
        errors={failure?.fields}
        onFormSubmit={({ reason }) =>
          run({
            ip: ip.trim(),
            ...(reason && { reason }),
            duration_hours: Number(hours),
            confirm_lockout: isOwn && isMeant,
          })
        }
        className="grid gap-4"
      >
        <Field name="ip" label="Address">
          <Input
            required
            maxLength={64}
            value={ip}
            onValueChange={setIp}
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Field name="reason" label="Reason (optional)">
          <Input maxLength={500} autoComplete="off" />
        </Field>
        <Field name="duration_hours" label="For">
          <Select value={hours} onValueChange={setHours} options={times} />
        </Field>
        {isOwn ? (
          <Checkbox
            checked={isMeant}
            onCheckedChange={setIsMeant}
            label="This is my own address, and I mean it"
            description="Programs that call from here are refused as well."
          />
        ) : null}
      </Form>
    </Dialog>
  );
}
