"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState, useTransition } from "react";
import { Button } from "#components/ui/button";
import { Input } from "#components/ui/input";
import { useSequence, useShortcut } from "../../shell/use-shortcut";

/** Narrows the list to one user's sessions, by the whole label. The address is the truth. */
export function UserFilter({ user }: { user: string }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(user);
  const [shown, setShown] = useState(user);
  if (user !== shown && !isPending) {
    setShown(user);
    setTyped(user);
  }

  const show = (next: string) =>
    startTransition(() =>
      router.replace(`/dashboard/sessions${next ? `?${new URLSearchParams({ user: next })}` : ""}`, { scroll: false }),
    );
  useShortcut("shift+f", () => field.current?.focus());
  useSequence("f", (letter) => {
    if (letter === "c") show("");
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    show(typed.trim());
  }

  return (
    <search>
      <form onSubmit={submit} aria-busy={isPending} className="flex gap-2">
        <Input
          ref={field}
          type="search"
          aria-label="User label"
          placeholder="User label"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="w-full sm:w-72"
        />
        <Button type="submit">Show</Button>
      </form>
    </search>
  );
}
