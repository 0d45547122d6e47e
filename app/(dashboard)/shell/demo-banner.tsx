import { Alert } from "#components/ui/alert";
import type { Context } from "#lib/context";
import { isDemo } from "#lib/demo/queries";

/** Says on every page of the demo's organization that nothing on it is real; nothing on those of others. */
export async function DemoBanner({ ctx }: { ctx: Context }) {
  if (!(await isDemo(ctx))) return null;
  return (
    <Alert tone="info">
      Demo: the people, runs and figures of this organization are made up.
      <span className="max-sm:hidden">
        {" "}
        Start Baton with <code className="font-mono text-xs">npm start -- --demo=remove</code> to take it away.
      </span>
    </Alert>
  );
}
