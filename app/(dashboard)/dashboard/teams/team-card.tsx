"use client";

import { Rocket } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Link } from "#components/ui/link";
import type { Team } from "#lib/teams/schema";
import { type SpawnableTeam, SpawnDialog } from "../agents/spawn-dialog";
import type { SpawnFacts } from "../agents/spawn-facts";

type TeamCardProps = { team: Team; spawn: SpawnableTeam; facts: SpawnFacts; actions?: ReactNode };

/** A team with its members in their order, and the way to set it to work. */
export function TeamCard({ team, spawn, facts, actions }: TeamCardProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Card className="grid min-w-0 grid-rows-[auto_1fr_auto] gap-3 p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="grid min-w-0">
          <h3 className="font-medium [overflow-wrap:anywhere]">{team.name}</h3>
          <span className="font-mono text-muted-foreground text-xs [overflow-wrap:anywhere]">{team.team}</span>
        </div>
        {team.built_in ? <Badge>Built in</Badge> : actions}
      </div>
      <div className="grid content-start gap-2">
        <p className="text-muted-foreground [overflow-wrap:anywhere]">{team.description ?? "No description"}</p>
        <ol aria-label="Members" className="flex flex-wrap items-center gap-1.5">
          {team.models.map((model, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a model may be a member twice, and only its place tells them apart.
            <li key={index} className="flex items-center gap-1.5">
              {index > 0 ? (
                <span aria-hidden className="text-muted-foreground">
                  →
                </span>
              ) : null}
              <Badge tone="accent" className="h-auto whitespace-normal py-0.5 [overflow-wrap:anywhere]">
                {model}
              </Badge>
            </li>
          ))}
        </ol>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-3">
        <Link
          href={`/dashboard/agents?team=${encodeURIComponent(team.team)}`}
          className="rounded-sm text-muted-foreground text-xs underline-offset-4 hover:underline"
        >
          Its agents<span className="sr-only">: {team.name}</span>
        </Link>
        <Button size="sm" onClick={() => setIsOpen(true)}>
          <Rocket aria-hidden />
          Spawn<span className="sr-only"> {team.name}</span>
        </Button>
      </div>
      {isOpen ? <SpawnDialog facts={facts} team={spawn} onClose={() => setIsOpen(false)} /> : null}
    </Card>
  );
}
