"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useTransition } from "react";
import { Alert } from "#components/ui/alert";
import { Link } from "#components/ui/link";
import { Section } from "#components/ui/section";
import { BuilderForm } from "./builder-form";
import { type BuilderFields, builderHref, type Problems } from "./fields";
import { IntervalPanel } from "./interval-panel";
import type { Priced } from "./priced";
import { QuoteActions } from "./quote-actions";
import { SegmentCards } from "./segment-cards";

const typingMs = 200;

type BuilderProps = {
  fields: BuilderFields;
  problems: Problems;
  /** Null while a field says something that cannot be priced. */
  priced: Priced | null;
  experiments: { value: string; label: string }[];
};

/** Prices what is typed, as it is typed. The address holds the fields, so an unfinished quote can be sent to somebody. */
export function Builder({ fields, problems, priced, experiments }: BuilderProps) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const [typed, setTyped] = useState(fields);
  const [asked, setAsked] = useState(builderHref(fields));
  const [shown, setShown] = useState(fields);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  // The address changed by other means than these fields, such as the browser's way back.
  if (fields !== shown && !isPending) {
    setShown(fields);
    const href = builderHref(fields);
    if (href !== asked) {
      setAsked(href);
      setTyped(fields);
    }
  }

  function change(part: Partial<BuilderFields>) {
    const next = { ...typed, ...part };
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const href = builderHref(next);
      setAsked(href);
      startTransition(() => router.replace(href, { scroll: false }));
    }, typingMs);
  }

  // What is saved or decided on is exactly what the page shows.
  const isShown =
    !isPending && (Object.keys(typed) as (keyof BuilderFields)[]).every((name) => typed[name] === fields[name]);

  return (
    <div aria-busy={!isShown} className="grid grid-cols-1 gap-5">
      <Section
        title="New quote"
        description={
          <>
            Prices change as you type; nothing is stored before you save.{" "}
            <Link href="/dashboard/pricing/policy" className="underline underline-offset-4">
              {priced && priced.policy_version > 0 ? `Policy version ${priced.policy_version}` : "Default policy"}
            </Link>
          </>
        }
      >
        <BuilderForm typed={typed} problems={problems} onChange={change} />
      </Section>
      {priced ? (
        <>
          <Section title="Every segment" description="Choose the one the quote is for.">
            <SegmentCards priced={priced} segment={typed.segment} onSelect={(segment) => change({ segment })} />
          </Section>
          <QuoteActions
            input={{ ...priced.input, segment: fields.segment }}
            checked={priced.quotes_by_segment[fields.segment]}
            experiments={experiments}
            isShown={isShown}
          />
          <IntervalPanel
            interval={priced.interval}
            taskType={typed.task_type}
            onTaskType={(task_type) => change({ task_type })}
            onUse={({ quote }) =>
              change({
                estimated_input: String(quote.estimated_input_tokens),
                estimated_output: String(quote.estimated_output_tokens),
              })
            }
          />
        </>
      ) : (
        <Alert tone="warning">There is no price yet. Correct what is marked above.</Alert>
      )}
    </div>
  );
}
