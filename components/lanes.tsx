import { cn } from "#components/ui/cn";

const width = 1000;
const laneHeight = 40;

/** A relay: each baton starts on the next lane up, a little before the one below has arrived. */
function relay(lanes: number, from: number, legs: readonly number[]): { lane: number; start: number; end: number }[] {
  const handover = 14;
  let start = from;
  return legs.map((length, leg) => {
    const baton = { lane: lanes - 1 - leg, start, end: start + length };
    start = baton.end - handover;
    return baton;
  });
}

type LanesProps = { lanes: number; ours: readonly number[]; others: readonly number[]; className?: string };

/**
 * The picture of Baton: lanes of a track, and work that is handed from lane to lane. `ours` and `others` are the lengths of
 * the legs of two relays, in thousandths of the width. Decoration only.
 */
export function Lanes({ lanes, ours, others, className }: LanesProps) {
  const batons = [
    ...relay(lanes, 560, others).map((baton) => ({ ...baton, look: "stroke-foreground/20" })),
    ...relay(lanes, -20, ours).map((baton) => ({ ...baton, look: "stroke-primary" })),
  ];
  return (
    <svg
      viewBox={`0 0 ${width} ${lanes * laneHeight}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      className={cn("block w-full", className)}
    >
      {Array.from({ length: lanes - 1 }, (_, lane) => (lane + 1) * laneHeight).map((y) => (
        <line key={y} x1="0" x2={width} y1={y} y2={y} vectorEffect="non-scaling-stroke" className="stroke-border" />
      ))}
      {batons.map(({ lane, start, end, look }) => (
        <line
          key={`${lane}-${start}`}
          x1={start}
          x2={end}
          y1={(lane + 0.5) * laneHeight}
          y2={(lane + 0.5) * laneHeight}
          strokeWidth="5"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
          className={look}
        />
      ))}
    </svg>
  );
}
