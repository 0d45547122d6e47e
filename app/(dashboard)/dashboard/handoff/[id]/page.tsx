import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { formatNumber } from "#components/ui/format";
import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import type { Context } from "#lib/context";
import type { HandoffDetails } from "#lib/handoff/schema";
import { getHandoff, listHandoffs } from "#lib/handoff/service";
import { requireMember } from "../../../member";
import { orNotFound } from "../../apps/[id]/app";
import { fileNameOf } from "../../projects/download";
import { idIn, kindWords, levelWords, zoned } from "../../projects/words";
import { BriefingText } from "../briefing-text";
import { sizeOf } from "../measure";
import { Changes } from "./changes";
import { Original } from "./original";

export const metadata: Metadata = { title: "Hand-over" };

/** So much of an original is shown; all of it can be downloaded. */
const shownMax = 20_000;

/** The one of the same kind before it, of the project's last 50. */
async function findPrevious(ctx: Context, { id, kind, project_id }: HandoffDetails) {
  const { data } = await listHandoffs(ctx, { project_id });
  const before = data.find((one) => one.id < id && one.kind === kind);
  return before && (await getHandoff(ctx, before.id)).data;
}

export default async function HandoffDetailsPage({ params }: { params: Promise<{ id: string }> }) {
  const [ctx, { id: text }] = await Promise.all([requireMember("agents:read"), params]);
  const id = idIn(text);
  if (id === undefined) notFound();
  const { data: handoff } = await orNotFound(getHandoff(ctx, id));
  const previous = await findPrevious(ctx, handoff);
  const { original, verification, knowledge } = handoff;

  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="grid min-w-0 gap-2">
        <Link href="/dashboard/handoff" className="w-fit text-muted-foreground text-xs hover:text-foreground">
          Hand-over
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="font-semibold text-xl tracking-tight">
            {kindWords[handoff.kind]} {handoff.id}
          </h1>
          {handoff.level ? <Badge>{levelWords[handoff.level]}</Badge> : null}
          {handoff.mode === "verified" ? <Badge tone="success">Verified</Badge> : null}
        </div>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          <Link
            href={`/dashboard/projects/${handoff.project_id}`}
            className="rounded-sm underline underline-offset-4 hover:text-foreground"
          >
            {handoff.project_name}
          </Link>
          {handoff.session_number === null ? null : (
            <>
              ,{" "}
              <Link
                href={`/dashboard/projects/${handoff.project_id}/sessions/${handoff.session_number}`}
                className="rounded-sm underline underline-offset-4 hover:text-foreground"
              >
                session {handoff.session_number}
              </Link>
            </>
          )}
          {handoff.from_account_name ? `, from ${handoff.from_account_name}` : ""}
          {handoff.to_account_name ? ` to ${handoff.to_account_name}` : ""},{" "}
          <RelativeTime value={zoned(handoff.created_at)} />
        </p>
      </header>
      <Facts handoff={handoff} />
      <Section title="Briefing">
        <BriefingText text={handoff.briefing} name={`${fileNameOf(handoff.project_name)}-${handoff.id}`} />
      </Section>
      {previous ? <Changes before={previous} after={handoff} /> : null}
      {knowledge.length > 0 ? (
        <Section title="Knowledge that went along">
          <ul className="grid gap-1">
            {knowledge.map(({ id: entryId, title }) => (
              <li key={entryId}>
                <Link
                  href={`/dashboard/knowledge?q=${encodeURIComponent(title)}`}
                  className="rounded-sm underline underline-offset-4"
                >
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {original === null ? null : (
        <Original
          id={handoff.id}
          shown={original.slice(0, shownMax)}
          isWhole={original.length <= shownMax}
          size={sizeOf(original)}
        />
      )}
      {verification ? (
        <p className="text-muted-foreground text-xs">
          Checked by {verification.model}:{" "}
          <Link href={`/dashboard/runs/${verification.run_id}`} className="underline underline-offset-4">
            the run
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function Facts({ handoff: { stats, verification, original, briefing } }: { handoff: HandoffDetails }) {
  const [was, is] = [sizeOf(original ?? ""), sizeOf(briefing)];
  const facts = [
    ...(stats
      ? [
          {
            label: "Lines kept",
            value: `${formatNumber(stats.compressed_lines)} of ${formatNumber(stats.original_lines)}`,
          },
          { label: "Lines left out", value: `${stats.compression_ratio} %` },
        ]
      : []),
    ...(original === null
      ? []
      : [{ label: "Tokens, about", value: `${formatNumber(was.tokens)} → ${formatNumber(is.tokens)}` }]),
    ...(verification
      ? [
          {
            label: "Recall",
            value: `${Math.round(verification.recall * 100)} %, ${verification.answered} of ${verification.questions}`,
          },
        ]
      : []),
  ];
  if (facts.length === 0) return null;
  return (
    <Card className="p-4">
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-4">
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt className="text-muted-foreground text-xs">{label}</dt>
            <dd className="font-medium text-base tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
