import { CircleCheck, LoaderCircle } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Alert } from "#components/ui/alert";
import { ButtonLink } from "#components/ui/button";
import type { Topup } from "#lib/billing/schema";
import { getCreditBalance } from "#lib/billing/service";
import { listTopups } from "#lib/billing/topups";
import { getCurrentOrganization } from "#lib/organizations/service";
import { Refresh } from "../../../(dashboard)/dashboard/refresh";
import { requireMember } from "../../../(dashboard)/member";
import { type SearchParams, single } from "../../../search-params";
import { isTestMoney, Receipt, TestMoney } from "../../receipt";

export const metadata: Metadata = { title: "Payment" };

function Title({ icon, title, children }: { icon?: ReactNode; title: string; children: ReactNode }) {
  return (
    <div role="status" className="grid gap-1.5">
      <h1 className="flex items-center gap-2.5 font-semibold text-2xl tracking-tight [&_svg]:size-6 [&_svg]:shrink-0">
        {icon}
        {title}
      </h1>
      <p className="text-muted-foreground">{children}</p>
    </div>
  );
}

/** What the payment came to. Coming back from the checkout proves nothing: only its signed event makes it paid. */
function Outcome({ topup }: { topup: Topup | undefined }) {
  if (!topup)
    return (
      <Title title="This checkout is not known here">
        It may belong to another of your organizations. If you were charged, the credits arrive there by themselves.
      </Title>
    );
  if (topup.status === "paid")
    return (
      <Title icon={<CircleCheck aria-hidden className="text-success" />} title="Credits added">
        Thank you. They can be used at once.
      </Title>
    );
  if (topup.status === "pending")
    return (
      <Title
        icon={<LoaderCircle aria-hidden className="animate-spin text-muted-foreground" />}
        title="Waiting for the payment"
      >
        The bank has still to confirm it, which usually takes seconds. You may leave this page: the credits arrive by
        themselves.
      </Title>
    );
  if (topup.paid_at)
    return (
      <Title title="This payment was returned">It was refunded or disputed, so its credits were taken back.</Title>
    );
  return <Title title="This checkout was not paid">It has ended. Nothing was charged; start a new one.</Title>;
}

export default async function SuccessPage({ searchParams }: { searchParams: SearchParams }) {
  const ctx = await requireMember("billing:read");
  const sessionId = single((await searchParams).session_id);
  const [{ topups }, balance, { organization }] = await Promise.all([
    listTopups(ctx, { session_id: sessionId }),
    getCreditBalance(ctx),
    getCurrentOrganization(ctx),
  ]);
  const [topup] = topups;

  return (
    <>
      {topup && isTestMoney(topup) ? <TestMoney /> : null}
      <Outcome topup={topup} />
      {topup ? (
        <Receipt
          topup={topup}
          organization={organization.name}
          {...(topup.status === "paid" && { balance: balance.credits })}
        />
      ) : null}
      {balance.status === "past_due" ? (
        <Alert tone="warning">
          {balance.credits_owed} credits of refunded top-ups are owed. The next purchase pays them first.
        </Alert>
      ) : null}
      <div className="grid gap-2">
        <ButtonLink href="/dashboard/billing" variant="primary" size="lg">
          Go to the dashboard
        </ButtonLink>
        {topup?.receipt_url ? (
          <ButtonLink href={topup.receipt_url} size="lg" target="_blank" rel="noreferrer">
            Receipt
          </ButtonLink>
        ) : null}
      </div>
      {topup?.status === "pending" ? <Refresh /> : null}
    </>
  );
}
