import { formatNumber } from "#components/ui/format";
import { Table, Td, Th, Tr } from "#components/ui/table";
import type { Inventory } from "#lib/privacy/schema";

type Category = Inventory["categories"][number];

/** What is kept, the most first; what is empty stands behind a fold. */
export function InventoryTable({ categories }: { categories: Category[] }) {
  const kept = categories.filter(({ records }) => records > 0).toSorted((one, other) => other.records - one.records);
  const empty = categories.filter(({ records }) => records === 0);
  return (
    <div className="grid gap-3">
      <Categories label="What is kept" categories={kept} />
      {empty.length > 0 ? (
        <details>
          <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground text-xs hover:text-foreground">
            Show the {empty.length} tables that hold nothing
          </summary>
          <div className="mt-2 max-h-96 overflow-y-auto rounded-lg">
            <Categories label="What holds nothing" categories={empty} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

function Categories({ label, categories }: { label: string; categories: Category[] }) {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>Table</Th>
          <Th>What it holds</Th>
          <Th className="text-right">Records</Th>
        </tr>
      </thead>
      <tbody>
        {categories.map(({ name, description, records }) => (
          <Tr key={name}>
            <Td className="font-mono text-xs">{name}</Td>
            <Td label="Holds" className="text-muted-foreground [overflow-wrap:anywhere]">
              {description ?? name.replaceAll("_", " ")}
            </Td>
            <Td label="Records" className="tabular-nums sm:text-right">
              {formatNumber(records)}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
