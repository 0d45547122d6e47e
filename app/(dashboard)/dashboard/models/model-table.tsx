import { Badge } from "#components/ui/badge";
import { formatNumber } from "#components/ui/format";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { ShownModel } from "./read";
import { formatPrice, healthWords, stateWords } from "./words";

/** The models with what they cost, what they are good at, and how their providers do. */
export function ModelTable({ models }: { models: ShownModel[] }) {
  return (
    <Table label="Models">
      <thead>
        <tr>
          <Th>Model</Th>
          <Th>State</Th>
          <Th>Good at</Th>
          <Th className="text-right">Context</Th>
          <Th className="text-right">Price in</Th>
          <Th className="text-right">Price out</Th>
          <Th>Provider's health</Th>
        </tr>
      </thead>
      <tbody>
        {models.map((model) => (
          <Tr key={model.name}>
            <Td>
              <span className="grid min-w-0">
                <span className="font-medium [overflow-wrap:anywhere]">{model.name}</span>
                <span className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
                  {model.title}, {model.version}
                </span>
              </span>
            </Td>
            <Td label="State">
              <span>
                <Badge tone={stateWords[model.state].tone}>{stateWords[model.state].label}</Badge>
              </span>
            </Td>
            <Td label="Good at">{model.specialties.join(", ")}</Td>
            <Td label="Context" className="tabular-nums sm:text-right">
              {model.contextWindow === null ? "unknown" : formatNumber(model.contextWindow)}
            </Td>
            <Td label="Price in" className="tabular-nums sm:text-right">
              {formatPrice(model.price?.input)}
            </Td>
            <Td label="Price out" className="tabular-nums sm:text-right">
              {formatPrice(model.price?.output)}
            </Td>
            <Td label="Health">
              <Health health={model.health} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Health({ health }: { health: ShownModel["health"] }) {
  if (health === null) return <span className="text-muted-foreground">No provider is asked</span>;
  const { state, retryAt, callsLastMinute, failuresLastMinute, lastFailure, lastFailureAt, isOwn } = health;
  return (
    <span className="grid justify-items-start gap-0.5">
      <span className="flex flex-wrap gap-1">
        <Badge tone={healthWords[state].tone}>{healthWords[state].label}</Badge>
        {isOwn ? <Badge tone="accent">Own key</Badge> : null}
      </span>
      <span className="text-muted-foreground text-xs tabular-nums">
        {callsLastMinute === 0
          ? "no calls in the last minute"
          : `${failuresLastMinute} of ${callsLastMinute} calls failed in the last minute`}
        {retryAt ? (
          <>
            , tried again <RelativeTime value={retryAt} />
          </>
        ) : null}
      </span>
      {lastFailureAt ? (
        <span className="line-clamp-2 text-muted-foreground text-xs [overflow-wrap:anywhere]">
          Last failure <RelativeTime value={lastFailureAt} />: {lastFailure ?? "no reason told"}
        </span>
      ) : null}
    </span>
  );
}
