import { Card } from "#components/ui/card";
import { type Figures, groups, textsOf } from "./figures";

/** The policy for those who may only read it. */
export function PolicyFacts({ figures }: { figures: Figures }) {
  const texts = textsOf(figures);
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {groups.map(({ title, note, rows }) => (
        <Card key={title} className="grid content-start gap-2 p-4">
          <h3 className="font-medium">{title}</h3>
          <p className="text-muted-foreground text-xs">{note}</p>
          <dl className="grid gap-1">
            {rows.map(({ name, label }) => (
              <div key={name} className="flex justify-between gap-3">
                <dt className="text-muted-foreground">{label}</dt>
                <dd className="tabular-nums">{texts[name]}</dd>
              </div>
            ))}
          </dl>
        </Card>
      ))}
    </div>
  );
}
