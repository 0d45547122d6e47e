import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { cn } from "#components/ui/cn";
import { CodeBlock } from "#components/ui/code-block";
import { Progress } from "#components/ui/progress";
import { CreateKeyButton } from "./api-keys/create-key-button";
import { DismissOnboarding } from "./dismiss-onboarding";
import { FirstRequest } from "./first-request";
import { Refresh } from "./refresh";

type State = {
  hasKey: boolean;
  keyUsed: boolean;
  hasRun: boolean;
  hasApp: boolean;
  hasPackage: boolean;
  hasDeployment: boolean;
  hasTeammateOrProvider: boolean;
};

/** The way from an empty organization to a used one. Every tick is a fact of the database. */
export function Onboarding({ state, isAdmin }: { state: State; isAdmin: boolean }) {
  const steps: { title: string; isDone: boolean; body: ReactNode }[] = [
    {
      title: "Create an API key",
      isDone: state.hasKey,
      body: isAdmin ? <CreateKeyButton size="sm" /> : "Ask an admin of the organization for a key.",
    },
    { title: "Send a request with it", isDone: state.keyUsed, body: <FirstRequest canCreateKey={isAdmin} /> },
    {
      title: "Run a prompt through a model",
      isDone: state.hasRun,
      body: (
        <ButtonLink size="sm" href="/dashboard/playground">
          Open the playground
        </ButtonLink>
      ),
    },
    {
      title: "Create an agent app",
      isDone: state.hasApp,
      body: (
        <ButtonLink size="sm" href="/dashboard/apps?create=1">
          Create an agent app
        </ButtonLink>
      ),
    },
    { title: "Upload a package", isDone: state.hasPackage, body: <PackageStep hasApp={state.hasApp} /> },
    {
      title: "Deploy it",
      isDone: state.hasDeployment,
      body: state.hasPackage ? (
        <ButtonLink size="sm" href="/dashboard/apps">
          Open the agent apps
        </ButtonLink>
      ) : (
        "Once there is a package. A deployment costs a credit per begun MB."
      ),
    },
    {
      title: "Invite a teammate, or connect a provider",
      isDone: state.hasTeammateOrProvider,
      body: (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <ButtonLink size="sm" href="/dashboard/members">
            Members
          </ButtonLink>
          <span>
            or start Baton with a provider's key, such as <code className="font-mono text-xs">OPENAI_API_KEY=…</code>
          </span>
        </div>
      ),
    },
  ];
  const done = steps.filter((step) => step.isDone).length;
  const current = steps.findIndex((step) => !step.isDone);

  return (
    <Card>
      <section aria-labelledby="onboarding">
        <header className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-2.5 px-4 pt-3.5 pb-3">
          <h2 id="onboarding" className="font-semibold text-base tracking-tight">
            Set up your organization
          </h2>
          <DismissOnboarding />
          <div className="col-span-2 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 text-muted-foreground text-xs">
            <Progress label="Set-up" value={done} max={steps.length} />
            {done} of {steps.length} done
          </div>
        </header>
        <ol>
          {steps.map(({ title, isDone, body }, index) => (
            <li key={title} className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 gap-y-2 border-t px-4 py-3">
              <span
                className={cn(
                  "flex size-5 items-center justify-center rounded-full border text-xs tabular-nums",
                  isDone ? "border-success bg-success-soft text-success" : "border-input text-muted-foreground",
                )}
              >
                {isDone ? <Check aria-label="Done" className="size-3" strokeWidth={3} /> : index + 1}
              </span>
              <h3 className={isDone ? "text-muted-foreground" : "font-medium"}>{title}</h3>
              {/* Without a key the later steps cannot be done yet, so only the first one is open. */}
              {!isDone && (index === current || (state.hasKey && index > 0)) ? (
                <div className="col-start-2 min-w-0 text-muted-foreground">{body}</div>
              ) : null}
            </li>
          ))}
        </ol>
      </section>
      {isWaiting(state) ? <Refresh /> : null}
    </Card>
  );
}

/** Whether something that was begun may be done elsewhere at any moment. */
function isWaiting({ hasKey, keyUsed, hasRun, hasApp, hasDeployment }: State): boolean {
  return (hasKey && !(keyUsed && hasRun)) || (hasApp && !hasDeployment);
}

function PackageStep({ hasApp }: { hasApp: boolean }) {
  return (
    <div className="grid gap-2">
      <span>Pack a folder with a manifest, or one of the samples, and drop it onto the app's page.</span>
      <CodeBlock label="command that packs a sample" code="npm run apkg -- examples/support-reply" />
      {hasApp ? (
        <span>
          <ButtonLink size="sm" href="/dashboard/apps">
            Open the agent apps
          </ButtonLink>
        </span>
      ) : null}
    </div>
  );
}
