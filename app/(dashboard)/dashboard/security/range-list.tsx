"use client";

import { Form } from "@base-ui/react/form";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import { checkRangeAction } from "./actions";

type RangeListProps = { ranges: string[]; yourIp: string | null; onChange: (ranges: string[]) => void };

/** The addresses and ranges of the list. What is added is checked by the server, which also settles its spelling. */
export function RangeList({ ranges, yourIp, onChange }: RangeListProps) {
  const [typed, setTyped] = useState("");
  const add = (range: string) => onChange([...new Set([...ranges, range])]);
  const check = useAction(checkRangeAction, {
    onSuccess: ({ range }) => {
      add(range);
      setTyped("");
    },
  });
  return (
    <div className="grid gap-3">
      {ranges.length === 0 ? (
        <p className="text-muted-foreground">The list is empty: keys may call from everywhere.</p>
      ) : (
        <ul aria-label="Allowed addresses" className="flex flex-wrap gap-1.5">
          {ranges.map((range) => (
            <li
              key={range}
              className="inline-flex min-w-0 items-center gap-1 rounded-md border bg-muted/40 py-0.5 pl-2"
            >
              <span className="font-mono text-xs [overflow-wrap:anywhere]">{range}</span>
              {range === yourIp ? <span className="text-muted-foreground text-xs">(you)</span> : null}
              <Button
                variant="ghost"
                size="iconSmall"
                aria-label={`Remove ${range}`}
                onClick={() => onChange(ranges.filter((one) => one !== range))}
              >
                <X aria-hidden />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Form
        errors={check.failure?.fields}
        onFormSubmit={() => check.run({ range: typed })}
        className="flex flex-wrap items-end gap-2"
      >
        <Field name="range" label="Address or CIDR range" className="w-full sm:w-72">
          <Input
            required
            maxLength={64}
            value={typed}
            onValueChange={setTyped}
            placeholder="203.0.113.0/24"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button type="submit" pending={check.isPending}>
          <Plus aria-hidden />
          Add
        </Button>
        {yourIp && !ranges.includes(yourIp) ? <Button onClick={() => add(yourIp)}>Add my address</Button> : null}
      </Form>
    </div>
  );
}
