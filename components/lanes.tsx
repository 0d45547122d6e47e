import { cn } from "#components/ui/cn";

// Lane, start and length of each baton in units of the drawing; the third one of a lane runs.
const batons = [
  { lane: 0, x: 60, length: 90 },
  { lane: 1, x: 150, length: 120, isOurs: true },
  { lane: 2, x: 20, length: 70 },
  { lane: 2, x: 270, length: 110 },
  { lane: 3, x: 380, length: 100, isOurs: true },
  { lane: 4, x: 120, length: 60 },
  { lane: 4, x: 300, length: 150 },
  { lane: 5, x: 40, length: 130, isOurs: true },
  { lane: 5, x: 480, length: 70 },
  { lane: 6, x: 170, length: 190 },
  { lane: 7, x: 360, length: 80, isOurs: true },
];

/** The picture of Baton: lanes of a track, and batons that go from one lane to the next. Decoration only. */
export function Lanes({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 600 240"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
      className={cn("w-full", className)}
    >
      {Array.from({ length: 9 }, (_, lane) => lane * 30).map((y) => (
        <line key={y} x1="0" x2="600" y1={y} y2={y} className="stroke-border" strokeWidth="1" />
      ))}
      {batons.map(({ lane, x, length, isOurs }) => (
        <line
          key={`${lane}-${x}`}
          x1={x}
          x2={x + length}
          y1={lane * 30 + 15}
          y2={lane * 30 + 15}
          strokeWidth="5"
          strokeLinecap="round"
          className={isOurs ? "stroke-primary" : "stroke-foreground/15"}
        />
      ))}
    </svg>
  );
}
