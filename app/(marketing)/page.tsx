import { Lanes } from "#components/lanes";
import { Logo } from "#components/logo";
import { chatSnippets } from "#components/snippets";
import { ButtonLink } from "#components/ui/button";
import { CodeBlock } from "#components/ui/code-block";
import { Link } from "#components/ui/link";
import { Tabs } from "#components/ui/tabs";
import { publicUrl } from "#lib/env";
import { currentUser } from "../(dashboard)/member";
import { facts } from "./facts";

export default async function StartPage() {
  const user = await currentUser();
  const snippets = chatSnippets({
    origin: publicUrl(),
    model: "sonnet",
    messages: [{ role: "user", content: "Who carries the baton?" }],
  });

  return (
    <div className="grid min-h-dvh grid-rows-[auto_1fr_auto_auto]">
      <header className="mx-auto flex w-full max-w-6xl items-center gap-2 px-4 py-4 sm:px-6">
        <Link href="/" className="mr-auto rounded-sm">
          <Logo />
        </Link>
        <ButtonLink href="/docs" variant="ghost">
          Docs
        </ButtonLink>
        {user ? null : (
          // On a phone there is no room for it, and the same stands below.
          <ButtonLink href="/login" variant="ghost" className="max-sm:hidden">
            Sign in
          </ButtonLink>
        )}
        <ButtonLink href={user ? "/dashboard" : "/signup"} variant="primary">
          {user ? "Dashboard" : "Create an account"}
        </ButtonLink>
      </header>

      <main className="mx-auto grid w-full max-w-6xl content-center gap-x-12 gap-y-10 px-4 py-10 sm:px-6 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)]">
        <div className="grid content-center gap-5">
          <h1 className="max-w-lg text-balance font-semibold text-4xl leading-[1.08] tracking-tight sm:text-5xl">
            Run your own agent cloud
          </h1>
          <p className="max-w-lg text-pretty text-base text-muted-foreground leading-7">
            Baton puts many AI models behind one OpenAI-compatible endpoint, with organizations, scoped keys and prepaid
            credits, on a server you control.
          </p>
          <div className="flex flex-wrap gap-2.5">
            <ButtonLink href={user ? "/dashboard" : "/signup"} variant="primary" size="lg">
              {user ? "Open the dashboard" : "Create an account"}
            </ButtonLink>
            {user ? (
              <ButtonLink href="/dashboard/playground" size="lg">
                Try a model
              </ButtonLink>
            ) : (
              <ButtonLink href="/login" size="lg">
                Sign in
              </ButtonLink>
            )}
          </div>
        </div>
        <div className="min-w-0 self-center rounded-xl border bg-card p-3 shadow-pop">
          <Tabs
            label="A first request"
            tabs={[
              { value: "curl", label: "curl", code: snippets.curl },
              { value: "typescript", label: "TypeScript", code: snippets.typescript },
              { value: "python", label: "Python", code: snippets.python },
            ].map(({ value, label, code }) => ({
              value,
              label,
              panel: <CodeBlock label={`${label} example`} code={code} className="lg:min-h-[19.5rem]" />,
            }))}
          />
        </div>
      </main>

      <Lanes lanes={4} ours={[210, 330, 160, 360]} others={[90, 110, 120]} className="h-20 border-t sm:h-24" />
      <footer className="border-t bg-card">
        <ul className="mx-auto grid w-full max-w-6xl gap-x-8 gap-y-5 px-4 py-7 sm:grid-cols-2 sm:px-6 lg:grid-cols-5">
          {facts.map(({ title, text, icon: Icon }) => (
            <li key={title} className="grid content-start gap-1">
              <Icon aria-hidden className="mb-1 size-4 text-primary" />
              <h2 className="font-medium">{title}</h2>
              <p className="text-muted-foreground text-xs leading-5">{text}</p>
            </li>
          ))}
        </ul>
      </footer>
    </div>
  );
}
