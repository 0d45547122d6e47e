"use client";

import { ChevronsUpDown } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { send } from "#components/request";
import { Button } from "#components/ui/button";
import { Menu, MenuChoice, MenuText } from "#components/ui/menu";
import { toastFailure } from "#components/use-action";

export type OwnOrganization = { id: string; name: string; role: string; current: boolean };

/** Shows the organization in use and changes to another one of the reader's. */
export function OrganizationSwitcher({ organizations }: { organizations: OwnOrganization[] }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const current = organizations.find((organization) => organization.current);

  function switchTo(organizationId: string) {
    if (organizationId === current?.id) return;
    startTransition(async () => {
      const answer = await send("PATCH", "/api/organizations", { organization_id: organizationId });
      if (!answer.ok) return toastFailure(answer.failure.message, answer.failure.requestId);
      router.push("/dashboard");
      router.refresh();
    });
  }

  return (
    <Menu
      align="start"
      className="w-64"
      trigger={
        <Button variant="ghost" pending={isPending} className="min-w-0 max-w-56 shrink justify-between gap-2 px-2">
          <span className="truncate">{current?.name ?? "Organization"}</span>
          <ChevronsUpDown aria-hidden className="text-muted-foreground" />
          <span className="sr-only">, switch organization</span>
        </Button>
      }
    >
      <MenuText>Your organizations</MenuText>
      <MenuChoice
        label="Organization"
        value={current?.id ?? ""}
        onValueChange={switchTo}
        options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Menu>
  );
}
