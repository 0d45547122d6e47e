import type { ReactNode } from "react";
import type { Failure } from "#components/request";
import { Alert } from "#components/ui/alert";

/** Title and first sentence of a page of the sign-in flow. */
export function AuthHeader({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="grid gap-1.5">
      <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      {children ? <div className="text-muted-foreground [overflow-wrap:anywhere]">{children}</div> : null}
    </header>
  );
}

/** Why a form was refused, unless the reason stands at its fields already. */
export function FormFailure({ failure }: { failure: Failure | null }) {
  if (failure === null || Object.keys(failure.fields).length > 0) return null;
  return (
    <Alert tone="danger">
      {failure.message}
      {failure.requestId && failure.status >= 500 ? (
        <span className="block text-xs">Request id {failure.requestId}</span>
      ) : null}
    </Alert>
  );
}
