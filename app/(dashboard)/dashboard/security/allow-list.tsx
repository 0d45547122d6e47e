"use client";

import { type FormEvent, useRef, useState } from "react";
import { toast } from "sonner";
import { Alert } from "#components/ui/alert";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Section } from "#components/ui/section";
import { Switch } from "#components/ui/switch";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../shell/use-shortcut";
import { SaveBar } from "../apps/[id]/settings/save-bar";
import { saveIpPolicyAction } from "./actions";
import { RangeList } from "./range-list";
import { TestAddress } from "./test-address";

export type AllowListState = { ranges: string[]; isEnforced: boolean; areLogged: boolean };

/** From where keys may call. Nothing holds before Save, and what would lock the reader out is asked about first. */
export function AllowList({ stored, yourIp }: { stored: AllowListState; yourIp: string | null }) {
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState(stored);
  const [isAsking, setIsAsking] = useState(false);
  const isDirty = JSON.stringify(typed) !== JSON.stringify(stored);
  const { run, isPending, failure, clear } = useAction(saveIpPolicyAction, {
    onSuccess: ({ isSaved }) => {
      setIsAsking(!isSaved);
      if (isSaved) toast.success("The list is saved. It holds at once.");
    },
    onFailure: () => setIsAsking(false),
  });
  useShortcut("mod+s", () => {
    if (isDirty) form.current?.requestSubmit();
  });

  const save = (isConfirmed: boolean) =>
    run({
      allowed_ips: typed.ranges,
      enforce: typed.isEnforced,
      log_violations: typed.areLogged,
      confirm_lockout: isConfirmed,
    });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!isPending) save(false);
  }

  return (
    <Section
      title="IP allow-list"
      description="From where API keys may call. Logins are not held to it: whoever made a mistake can undo it here."
    >
      <Card className="grid gap-5 p-4">
        <p>
          Your address is <strong className="select-all font-mono font-semibold">{yourIp ?? "not known"}</strong>.
          {yourIp ? null : " A proxy in front has to be named in TRUSTED_PROXY first."}
        </p>
        <RangeList
          ranges={typed.ranges}
          yourIp={yourIp}
          onChange={(ranges) => setTyped((before) => ({ ...before, ranges }))}
        />
        <form ref={form} onSubmit={onSubmit} className="grid gap-4">
          <Switch
            checked={typed.isEnforced}
            onCheckedChange={(isEnforced) => setTyped({ ...typed, isEnforced })}
            label="Refuse keys from elsewhere"
            description="While this is off, the list does nothing: a dry run with the test below."
          />
          <Switch
            checked={typed.areLogged}
            onCheckedChange={(areLogged) => setTyped({ ...typed, areLogged })}
            label="Note refused calls in the audit log"
            description="As security.violation, with the address."
          />
          {failure ? <Alert tone="danger">{failure.message}</Alert> : null}
          {isDirty ? (
            <SaveBar
              isPending={isPending}
              onDiscard={() => {
                setTyped(stored);
                clear();
              }}
            />
          ) : null}
        </form>
        <TestAddress ranges={typed.ranges} isEnforced={typed.isEnforced} isSaved={!isDirty} />
      </Card>
      {isAsking ? (
        <ConfirmDialog
          title="Your own address is not in the list"
          action="Save and lock out"
          typed="lock me out"
          isPending={isPending}
          onConfirm={() => save(true)}
          onClose={() => setIsAsking(false)}
        >
          Keys that call from {yourIp ?? "an address that is not known"} are refused from then on. This page stays open
          to you; the way back without it is to start the server with BATON_DISABLE_IP_ALLOWLIST=1.
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}
