"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { Button } from "#components/ui/button";
import { Select } from "#components/ui/select";

const membersMax = 10;

type MemberListProps = { models: string[]; members: string[]; onChange: (members: string[]) => void };

/** Who works in a team, in turn. Members change places with buttons, so that no pointer is needed. */
export function MemberList({ models, members, onChange }: MemberListProps) {
  const offered = [...new Set([...models, ...members])].map((value) => ({ value, label: value }));

  function swap(index: number, other: number) {
    const next = [...members];
    const [one, two] = [next[index], next[other]];
    if (one === undefined || two === undefined) return;
    [next[index], next[other]] = [two, one];
    onChange(next);
  }

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm">Members, in their order</legend>
      <ol className="grid gap-2">
        {members.map((member, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a member is its place; the same model may stand in two.
          <li key={index} className="flex items-center gap-1.5">
            <Select
              aria-label={`Member ${index + 1}`}
              value={member}
              onValueChange={(model) => onChange(members.map((one, place) => (place === index ? model : one)))}
              options={offered}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Move member ${index + 1} up`}
              disabled={index === 0}
              onClick={() => swap(index, index - 1)}
            >
              <ArrowUp aria-hidden />
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Move member ${index + 1} down`}
              disabled={index === members.length - 1}
              onClick={() => swap(index, index + 1)}
            >
              <ArrowDown aria-hidden />
            </Button>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove member ${index + 1}`}
              disabled={members.length === 1}
              onClick={() => onChange(members.filter((_, place) => place !== index))}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ol>
      <Button
        size="sm"
        className="w-fit"
        disabled={members.length >= membersMax}
        onClick={() => onChange([...members, models[0] ?? ""])}
      >
        <Plus aria-hidden />
        Add member
      </Button>
    </fieldset>
  );
}
