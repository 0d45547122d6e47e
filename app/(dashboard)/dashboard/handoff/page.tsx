import { ArrowLeftRight } from "lucide-react";
import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page, Section } from "#components/ui/section";
import { listHandoffs } from "#lib/handoff/service";
import { listKnowledge } from "#lib/knowledge/service";
import { listProjects } from "#lib/projects/service";
import { findLatestSession } from "#lib/work-sessions/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { Hints } from "../projects/hints";
import { idIn } from "../projects/words";
import { Composer } from "./composer";
import { HandoffTable } from "./handoff-table";

export const metadata: Metadata = { title: "Hand-over" };

const knowledgeMax = 12;

export default async function HandoffPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const [{ data: all }, { data: knowledge }] = await Promise.all([listProjects(ctx), listKnowledge(ctx)]);
  const wanted = idIn(single(params.project));
  const projects = all.filter(({ id, status }) => status !== "archived" || id === wanted);
  const project = projects.find(({ id }) => id === wanted) ?? projects[0];
  const ofHistory = all.find(({ id }) => id === idIn(single(params.history)));
  const [open, { data: handoffs }] = await Promise.all([
    project && findLatestSession(ctx, project.id, { isOpen: true }),
    listHandoffs(ctx, ofHistory && { project_id: ofHistory.id }),
  ]);
  const path = wanted === undefined ? "/dashboard/handoff" : `/dashboard/handoff?project=${wanted}`;

  return (
    <Page title="Hand-over" description="Turn a long talk into a briefing, and give the work to the next account.">
      {project ? (
        <Composer
          projects={projects.map(({ id, name }) => ({ id, name }))}
          project={{ id: project.id, name: project.name }}
          open={open && { number: open.session_number, accountId: open.account_id, account: open.account_name }}
          knowledge={knowledge.slice(0, knowledgeMax).map(({ id, title }) => ({ id, title }))}
        />
      ) : (
        <EmptyState
          icon={<ArrowLeftRight aria-hidden />}
          title="No project to hand over"
          action={
            <ButtonLink variant="primary" href="/dashboard/projects?create=1">
              Create a project
            </ButtonLink>
          }
        >
          A briefing says where the work on a project stands: what was talked about, what is done, what is in the way.
        </EmptyState>
      )}
      <div id="history" className="grid scroll-mt-20 grid-cols-1">
        <Section title="History" description="The last 50 hand-overs, with the originals they were made from.">
          <FilterChips
            chips={ofHistory ? [{ label: "Project", value: ofHistory.name, without: `${path}#history` }] : []}
            clear={`${path}#history`}
          />
          {handoffs.length > 0 ? (
            <HandoffTable handoffs={handoffs} />
          ) : (
            <EmptyState
              level={3}
              title={ofHistory ? "This project has no hand-overs" : "Nothing has been handed over yet"}
              action={ofHistory ? <ButtonLink href={`${path}#history`}>Show all</ButtonLink> : undefined}
            >
              Briefings and rotations are listed here, so that no context is lost.
            </EmptyState>
          )}
        </Section>
      </div>
      <Hints />
    </Page>
  );
}
