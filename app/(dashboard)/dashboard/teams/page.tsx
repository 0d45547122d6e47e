import type { Metadata } from "next";
import { Page, Section } from "#components/ui/section";
import { catalogue } from "#lib/models/catalogue";
import { findTeamModel } from "#lib/teams/models";
import type { Team } from "#lib/teams/schema";
import { listTeams } from "#lib/teams/service";
import { type SearchParams, single } from "../../../search-params";
import { requireMember } from "../../member";
import type { SpawnableTeam } from "../agents/spawn-dialog";
import { readSpawnFacts } from "../agents/spawn-facts";
import { CreateTeamButton } from "./create-team-button";
import { OwnTeams } from "./own-teams";
import { TeamCard } from "./team-card";

export const metadata: Metadata = { title: "Teams" };

const spawnable = ({ team, name, models }: Team): SpawnableTeam => ({
  team,
  name,
  models,
  inputPrices: models.map((model) => findTeamModel(model)?.price?.input ?? 0),
});

export default async function TeamsPage({ searchParams }: { searchParams: SearchParams }) {
  const [ctx, params] = await Promise.all([requireMember("agents:read"), searchParams]);
  const [{ teams }, facts] = await Promise.all([listTeams(ctx), readSpawnFacts(ctx)]);
  const canEdit = ctx.actor.scopes.includes("admin:write");
  const models = catalogue.flatMap(({ name, price }) => (price === null ? [] : [name]));
  const own = teams.filter((team) => !team.built_in);

  return (
    <Page
      title="Teams"
      description="Models that work on one task in turn: each reads what those before it said, and the first one puts it together."
      actions={
        canEdit ? (
          <CreateTeamButton
            key={single(params.create)}
            models={models}
            isMain
            opensAtOnce={single(params.create) === "1"}
          />
        ) : null
      }
    >
      <Section
        title="Your teams"
        description={canEdit ? undefined : "Only owners and admins can create and change teams."}
      >
        <OwnTeams
          teams={own.map((team) => ({ ...team, spawn: spawnable(team) }))}
          models={models}
          facts={facts}
          canEdit={canEdit}
        />
      </Section>
      <Section title="Built in" description="Every organization has these. They cannot be changed.">
        <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
          {teams
            .filter((team) => team.built_in)
            .map((team) => (
              <li key={team.team} className="grid">
                <TeamCard team={team} spawn={spawnable(team)} facts={facts} />
              </li>
            ))}
        </ul>
      </Section>
    </Page>
  );
}
