import type { Metadata } from "next";
import { FilterChips } from "#components/filter-chips";
import { ButtonLink } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import { Page } from "#components/ui/section";
import type { Project } from "#lib/projects/schema";
import { listProjects } from "#lib/projects/service";
import { getStats } from "#lib/workdesk/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import { Board } from "./board";
import { ChoiceChips } from "./choice-chips";
import { CreateProjectButton } from "./create-project-button";
import { DeskFigures } from "./desk-figures";
import { FirstProject } from "./first-project";
import { Hints } from "./hints";
import { ImportProjectButton } from "./import-project-button";
import { ProjectCard } from "./project-card";
import { TextFilter } from "./text-filter";
import { oneOf, optionsOf, projectWords } from "./words";

export const metadata: Metadata = { title: "Projects" };

const path = "/dashboard/projects";

function hrefOf(filter: { q: string; status?: string | undefined }): string {
  const query = new URLSearchParams(Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return query.size > 0 ? `${path}?${query}` : path;
}

const holds = ({ name, description }: Project, text: string) =>
  `${name}\n${description ?? ""}`.toLowerCase().includes(text.toLowerCase());

export default async function ProjectsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const [{ data: all }, { data: stats }] = await Promise.all([listProjects(ctx), getStats(ctx)]);
  const q = single(params.q).trim();
  const status = oneOf(projectWords, single(params.status));
  const matching = all.filter((project) => holds(project, q));
  const shown = status ? matching.filter((project) => project.status === status) : matching;
  const isCreating = single(params.create) === "1";

  return (
    <Page
      title="Projects"
      description="What is worked on with your AI accounts: sessions, credits and hand-overs in one place."
      actions={
        <>
          <ImportProjectButton />
          <CreateProjectButton isMain key={String(isCreating)} opensAtOnce={isCreating} />
        </>
      }
    >
      {all.length === 0 ? (
        <FirstProject />
      ) : (
        <>
          <DeskFigures stats={stats} />
          <div className="flex flex-wrap items-center gap-2">
            <TextFilter
              label="Search projects"
              placeholder="Name or description"
              text={q}
              path={path}
              others={status ? { status } : {}}
            />
            <ChoiceChips
              label="Status"
              choices={optionsOf(projectWords).map(({ value, label }) => ({
                label,
                count: matching.filter((project) => project.status === value).length,
                isCurrent: status === value,
                href: hrefOf({ q, status: status === value ? undefined : value }),
              }))}
            />
          </div>
          <FilterChips
            chips={[
              ...(q ? [{ label: "Text", value: q, without: hrefOf({ q: "", status }) }] : []),
              ...(status ? [{ label: "Status", value: projectWords[status].label, without: hrefOf({ q }) }] : []),
            ]}
            clear={path}
          />
          {shown.length === 0 ? (
            <EmptyState title="No project matches" action={<ButtonLink href={path}>Clear the filters</ButtonLink>}>
              No project has this in its name or description, in this status.
            </EmptyState>
          ) : status ? (
            <ul
              aria-label={projectWords[status].label}
              className="grid grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-3"
            >
              {shown.map((project) => (
                <li key={project.id} className="grid min-w-0">
                  <ProjectCard project={project} />
                </li>
              ))}
            </ul>
          ) : (
            <Board projects={shown} hrefOf={(value) => hrefOf({ q, status: value })} />
          )}
        </>
      )}
      <Hints />
    </Page>
  );
}
