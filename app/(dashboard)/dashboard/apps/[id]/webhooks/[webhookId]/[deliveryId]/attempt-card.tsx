import { ChevronRight } from "lucide-react";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { CodeBlock } from "#components/ui/code-block";
import { formatDuration } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import type { Attempt } from "#lib/webhooks/schema";

const headersText = (headers: Record<string, string>) =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("\n");

const isSuccess = (status: number | null) => status !== null && status >= 200 && status < 300;

/** One attempt with what was sent and what came back. */
export function AttemptCard({ attempt, isOpen }: { attempt: Attempt; isOpen: boolean }) {
  const { number, manual, response_status: status, error, latency_ms, started_at } = attempt;
  return (
    <Card className="min-w-0">
      <details open={isOpen} className="group">
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 rounded-lg px-4 py-3 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden
            className="size-4 text-muted-foreground transition-transform group-open:rotate-90"
          />
          <span className="font-medium">Attempt {number}</span>
          <Badge tone={isSuccess(status) ? "success" : "danger"}>{status ? `HTTP ${status}` : "No answer"}</Badge>
          {manual ? <Badge>Asked for by hand</Badge> : null}
          <span className="ml-auto text-muted-foreground text-xs tabular-nums">
            {formatDuration(latency_ms)}, <RelativeTime value={started_at} />
          </span>
        </summary>
        <div className="grid min-w-0 grid-cols-1 gap-3 border-t p-4">
          {error ? <p className="text-destructive [overflow-wrap:anywhere]">{error}</p> : null}
          <Part title="Request headers" text={headersText(attempt.request_headers)} />
          {attempt.response_headers ? (
            <Part title="Response headers" text={headersText(attempt.response_headers)} />
          ) : null}
          {attempt.response_body ? <Part title="Response body, the first 8 KB" text={attempt.response_body} /> : null}
        </div>
      </details>
    </Card>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-1">
      <h3 className="text-muted-foreground text-xs">{title}</h3>
      <CodeBlock label={title.toLowerCase()} code={text} className="max-h-64 overflow-y-auto" />
    </div>
  );
}
