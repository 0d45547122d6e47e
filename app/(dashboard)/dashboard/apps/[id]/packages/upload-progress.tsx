import { Alert } from "#components/ui/alert";
import { Progress } from "#components/ui/progress";
import { formatBytes, plural } from "../../words";
import type { UploadState } from "./use-upload";

/** How far an upload is, or everything that is wrong with the package. */
export function UploadProgress({ state }: { state: UploadState }) {
  if (state.type === "idle") return null;
  if (state.type === "refused") {
    const { message, failures, requestId } = state.refusal;
    return (
      <Alert tone="danger">
        <p className="font-medium">
          {failures.length > 1 ? `${message}: ${plural(failures.length, "failure")}` : message}
        </p>
        {failures.length > 0 ? (
          <ul aria-label="Failures" className="mt-1 list-disc pl-4">
            {failures.map((failure) => (
              <li key={failure}>{failure}</li>
            ))}
          </ul>
        ) : null}
        {requestId ? <p className="mt-1 text-xs">Request id {requestId}</p> : null}
      </Alert>
    );
  }
  const isChecking = state.type === "checking";
  const percent = isChecking ? 100 : state.total > 0 ? Math.floor((state.sent / state.total) * 100) : 0;
  return (
    <div className="grid gap-1.5">
      <Progress label="Upload" value={percent} max={100} />
      <p role="status" className="flex justify-between gap-3 text-muted-foreground text-xs tabular-nums">
        {isChecking ? (
          "Sent. The server checks the package."
        ) : (
          <>
            <span>{percent} %</span>
            <span>
              {formatBytes(state.sent)} of {formatBytes(state.total)}
            </span>
          </>
        )}
      </p>
    </div>
  );
}
