"use client";

import { Form } from "@base-ui/react/form";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useAction } from "#components/use-action";
import { testAddressAction } from "./actions";

type TestAddressProps = { ranges: string[]; isEnforced: boolean; isSaved: boolean };

/** Tries an address against the list as it stands on the page, saved or not. */
export function TestAddress({ ranges, isEnforced, isSaved }: TestAddressProps) {
  const [address, setAddress] = useState("");
  const [found, setFound] = useState<{ address: string; isAllowed: boolean; of: string } | null>(null);
  const tested = JSON.stringify([ranges, address]);
  const { run, isPending, failure } = useAction(testAddressAction, {
    onSuccess: (answer) => setFound({ ...answer, of: tested }),
  });
  return (
    <div className="grid gap-2 border-t pt-4">
      <Form
        errors={failure?.fields}
        onFormSubmit={() => run({ address, ranges })}
        className="flex flex-wrap items-end gap-2"
      >
        <Field name="address" label="Test an address" className="min-w-0 flex-1 sm:max-w-72">
          <Input
            required
            maxLength={64}
            value={address}
            onValueChange={setAddress}
            placeholder="203.0.113.7"
            autoComplete="off"
            spellCheck={false}
            className="font-mono"
          />
        </Field>
        <Button type="submit" pending={isPending}>
          Test
        </Button>
      </Form>
      <p role="status" className="min-h-5">
        {found && found.of === tested ? (
          <>
            <strong className="font-medium">{found.isAllowed ? "In the list" : "Not in the list"}:</strong>{" "}
            <span className="font-mono">{found.address}</span>{" "}
            {found.isAllowed || !isEnforced ? "would be let in" : "would be refused"}
            {isEnforced ? "" : ", as the list is not enforced"}
            {isSaved ? "." : ", once this is saved."}
          </>
        ) : null}
      </p>
    </div>
  );
}
