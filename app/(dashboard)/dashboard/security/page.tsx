import type { Metadata } from "next";
import { Alert } from "#components/ui/alert";
import { listKeyReminders } from "#lib/security/reminders";
import { deploymentRanges } from "#lib/security/rules";
import { getIpPolicy, listBlockedIps } from "#lib/security/service";
import { listSpendBlocks } from "#lib/security/spend";
import { requireMember } from "../../member";
import { AllowList } from "./allow-list";
import { BlockedAddresses } from "./blocked-addresses";
import { KeyPanel } from "./key-panel";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const ctx = await requireMember("admin:write");
  const [policy, { blocked_ips }, reminders, blocks] = await Promise.all([
    getIpPolicy(ctx),
    listBlockedIps(ctx),
    listKeyReminders(ctx),
    listSpendBlocks(ctx),
  ]);
  const stored = { ranges: policy.allowed_ips, isEnforced: policy.enforce, areLogged: policy.log_violations };
  return (
    <div className="grid grid-cols-1 gap-8">
      {deploymentRanges() ? (
        <Alert tone="info">
          This instance lets in only some addresses for every organization (ALLOWED_IPS). The list below narrows them
          further.
        </Alert>
      ) : null}
      <KeyPanel reminders={reminders} blocks={blocks} />
      <AllowList key={JSON.stringify(stored)} stored={stored} yourIp={policy.your_ip} />
      <BlockedAddresses blocked={blocked_ips} yourIp={policy.your_ip} />
    </div>
  );
}
