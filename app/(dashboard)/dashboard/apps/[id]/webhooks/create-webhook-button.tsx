"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { useAction } from "#components/use-action";
import { useShortcut } from "../../../../shell/use-shortcut";
import { SecretDialog } from "../secret-dialog";
import { createWebhookAction } from "./actions";
import { WebhookDialog } from "./webhook-dialog";

type Made = { id: string; secret: string | undefined };

/** Asks for a web hook, shows its secret once, and leads to its page. */
export function CreateWebhookButton({ appId }: { appId: string }) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  useShortcut("shift+n", () => setIsOpen(true));
  const lead = (id: string) => router.push(`/dashboard/apps/${appId}/webhooks/${id}`);
  const creation = useAction(createWebhookAction, {
    onSuccess: ({ id, secret }) => {
      setIsOpen(false);
      if (secret) setMade({ id, secret });
      else lead(id);
    },
  });

  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden />
        Add web hook
      </Button>
      {isOpen ? (
        <WebhookDialog
          title="Add a web hook"
          action="Add web hook"
          isSecretAsked
          isPending={creation.isPending}
          errors={creation.failure?.fields}
          onSubmit={(values) => creation.run({ appId, ...values })}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
      {made?.secret ? (
        <SecretDialog title="Save the secret of the web hook" secret={made.secret} onDone={() => lead(made.id)}>
          <p className="text-muted-foreground text-xs">
            Any library for Standard Webhooks checks a call with it, by the header webhook-signature.
          </p>
        </SecretDialog>
      ) : null}
    </>
  );
}
