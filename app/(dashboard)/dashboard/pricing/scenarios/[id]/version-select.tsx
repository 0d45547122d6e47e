"use client";

import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Select } from "#components/ui/select";
import type { PolicyVersion } from "#lib/pricing/policy/schema";
import { policyName } from "./words";

type VersionSelectProps = {
  setId: string;
  version: number;
  versions: Pick<PolicyVersion, "version" | "status">[];
};

const details: Partial<Record<PolicyVersion["status"], string>> = { current: "In force", scheduled: "Scheduled" };

/** Which version of the policy the one in force is compared with. The address holds it. */
export function VersionSelect({ setId, version, versions }: VersionSelectProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  return (
    <Select
      aria-label="Compare with"
      value={String(version)}
      disabled={isPending}
      onValueChange={(chosen) =>
        startTransition(() =>
          router.replace(`/dashboard/pricing/scenarios/${setId}?against=${chosen}`, { scroll: false }),
        )
      }
      options={versions.map((one) => ({
        value: String(one.version),
        label: policyName(one.version),
        detail: details[one.status],
      }))}
      className="w-44"
    />
  );
}
