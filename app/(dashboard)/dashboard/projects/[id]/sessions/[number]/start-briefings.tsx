import { Link } from "#components/ui/link";
import { RelativeTime } from "#components/ui/relative-time";
import { Section } from "#components/ui/section";
import { Tabs } from "#components/ui/tabs";
import { BriefingText } from "../../../../handoff/briefing-text";
import { kindWords, zoned } from "../../../words";
import type { StartBriefing } from "./briefings";

/** The briefings that the session's account is to be given first. Nothing for the first session of a project. */
export function StartBriefings({ briefings }: { briefings: readonly StartBriefing[] }) {
  const panels = briefings.map(({ id, kind, briefing, created_at }) => ({
    value: String(id),
    label: kindWords[kind],
    panel: (
      <div className="grid gap-2">
        <BriefingText text={briefing} name={`briefing-${id}`} />
        <p className="text-muted-foreground text-xs">
          <Link href={`/dashboard/handoff/${id}`} className="rounded-sm underline underline-offset-4">
            Hand-over {id}
          </Link>
          , <RelativeTime value={zoned(created_at)} />
        </p>
      </div>
    ),
  }));
  if (panels.length === 0) return null;
  return (
    <Section title="Briefing" description="Paste this into the account first: it says where the last one stopped.">
      {panels.length > 1 ? <Tabs label="Briefings" tabs={panels} /> : panels[0]?.panel}
    </Section>
  );
}
