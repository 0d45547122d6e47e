"use client";

import { Ellipsis, Network } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { EmptyState } from "#components/ui/empty-state";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { useAction } from "#components/use-action";
import type { Team } from "#lib/teams/schema";
import type { SpawnableTeam } from "../agents/spawn-dialog";
import type { SpawnFacts } from "../agents/spawn-facts";
import { deleteTeamAction } from "./actions";
import { CreateTeamButton } from "./create-team-button";
import { TeamCard } from "./team-card";
import { TeamDialog } from "./team-dialog";

type OwnTeam = Team & { spawn: SpawnableTeam };
type OwnTeamsProps = { teams: OwnTeam[]; models: string[]; facts: SpawnFacts; canEdit: boolean };

/** The organization's own teams, with what can be done to each. */
export function OwnTeams({ teams, models, facts, canEdit }: OwnTeamsProps) {
  const [asked, setAsked] = useState<{ about: "edit" | "delete"; team: Team } | null>(null);
  const close = () => setAsked(null);
  const removal = useAction(deleteTeamAction, {
    onSuccess: ({ team }) => {
      close();
      toast.success(`${team} is deleted.`);
    },
    onFailure: close,
  });

  if (teams.length === 0) {
    return (
      <EmptyState
        icon={<Network aria-hidden />}
        level={3}
        title="No teams of your own yet"
        action={canEdit ? <CreateTeamButton models={models} /> : null}
      >
        Choose the models and their order yourself, and spawn them by the team's id, here or with a program.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {teams.map((team) => (
          <li key={team.team} className="grid">
            <TeamCard
              team={team}
              spawn={team.spawn}
              facts={facts}
              actions={
                canEdit ? (
                  <Menu
                    trigger={
                      <Button variant="ghost" size="iconSmall" aria-label={`Actions for ${team.name}`}>
                        <Ellipsis aria-hidden />
                      </Button>
                    }
                  >
                    <MenuItem onClick={() => setAsked({ about: "edit", team })}>Edit…</MenuItem>
                    <MenuSeparator />
                    <MenuItem isDangerous onClick={() => setAsked({ about: "delete", team })}>
                      Delete…
                    </MenuItem>
                  </Menu>
                ) : null
              }
            />
          </li>
        ))}
      </ul>
      {asked?.about === "edit" ? <TeamDialog models={models} team={asked.team} onClose={close} /> : null}
      {asked?.about === "delete" ? (
        <ConfirmDialog
          title={`Delete ${asked.team.name}`}
          action="Delete team"
          typed={asked.team.team}
          isPending={removal.isPending}
          onConfirm={() => removal.run({ team: asked.team.team })}
          onClose={close}
        >
          Programs that spawn it are refused from then on. Agents that it has worked as stay.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
