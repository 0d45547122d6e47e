"use client";

import { Ellipsis, Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { useAction } from "#components/use-action";
import type { Webhook } from "#lib/webhooks/schema";
import { SecretDialog } from "../../secret-dialog";
import { deleteWebhookAction, replayFailedAction, testWebhookAction, updateWebhookAction } from "../actions";
import { WebhookDialog } from "../webhook-dialog";
import { RotateDialog } from "./rotate-dialog";

const dayMs = 86_400_000;

/** Everything that can be done with a web hook. */
export function WebhookActions({ appId, webhook }: { appId: string; webhook: Webhook }) {
  const { id, active, url } = webhook;
  const router = useRouter();
  const [asked, setAsked] = useState<"edit" | "rotate" | "delete" | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setAsked(null);
  const target = { appId, id };
  const test = useAction(testWebhookAction, { onSuccess: () => toast.success("A test event is on its way.") });
  const change = useAction(updateWebhookAction, {
    onSuccess: () => {
      toast.success("The web hook is saved.");
      close();
    },
  });
  const replay = useAction(replayFailedAction, {
    onSuccess: ({ replayed }) =>
      toast.success(replayed === 0 ? "Nothing failed in the last day." : `${replayed} deliveries are sent again.`),
  });
  const removal = useAction(deleteWebhookAction, {
    onSuccess: () => {
      toast.success("The web hook is deleted.");
      router.replace(`/dashboard/apps/${appId}/webhooks`);
    },
    onFailure: close,
  });

  return (
    <div className="flex flex-wrap gap-2">
      <Button variant="primary" pending={test.isPending} disabled={!active} onClick={() => test.run(target)}>
        {test.isPending ? null : <Send aria-hidden />}
        Send a test event
      </Button>
      <Button pending={change.isPending && asked === null} onClick={() => change.run({ ...target, active: !active })}>
        {active ? "Pause" : "Switch on"}
      </Button>
      <Menu
        trigger={
          <Button size="icon" aria-label="More actions for the web hook">
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onClick={() => setAsked("edit")}>Edit…</MenuItem>
        <MenuItem onClick={() => setAsked("rotate")}>
          {webhook.signed ? "Rotate the secret…" : "Create a secret…"}
        </MenuItem>
        <MenuItem
          disabled={!active}
          onClick={() => replay.run({ ...target, since: new Date(Date.now() - dayMs).toISOString() })}
        >
          Send what failed today again
        </MenuItem>
        <MenuSeparator />
        <MenuItem isDangerous onClick={() => setAsked("delete")}>
          Delete…
        </MenuItem>
      </Menu>
      {asked === "edit" ? (
        <WebhookDialog
          title="Edit the web hook"
          action="Save"
          stored={webhook}
          isPending={change.isPending}
          errors={change.failure?.fields}
          onSubmit={(values) => change.run({ ...target, ...values })}
          onClose={close}
        />
      ) : null}
      {asked === "rotate" ? (
        <RotateDialog
          appId={appId}
          webhook={webhook}
          onClose={close}
          onRotated={(made) => {
            close();
            setSecret(made);
          }}
        />
      ) : null}
      {asked === "delete" ? (
        <ConfirmDialog
          title="Delete the web hook"
          action="Delete web hook"
          isPending={removal.isPending}
          onConfirm={() => removal.run(target)}
          onClose={close}
        >
          {url} is not called any more, and the log of its deliveries goes with it.
        </ConfirmDialog>
      ) : null}
      {secret ? (
        <SecretDialog title="Save the secret of the web hook" secret={secret} onDone={() => setSecret(null)} />
      ) : null}
    </div>
  );
}
