"use client";

import { useId, useState } from "react";
import { Alert } from "#components/ui/alert";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { useAction } from "#components/use-action";
import { importAccountsAction } from "./actions";
import { type ImportRow, parseAccounts, problemsByRow } from "./csv";
import { batchMax, platformWords } from "./words";

const example = "name,e-mail,platform,specialization\nPrimary,ada@example.com,claude,frontend\nBackup 1,,genspark,";

/** Adds many accounts out of pasted text. Every row says what becomes of it; one wrong row holds all of them back. */
export function ImportAccountsDialog({ onClose }: { onClose: () => void }) {
  const id = useId();
  const [text, setText] = useState("");
  const [made, setMade] = useState<ReadonlyMap<string, number>>(new Map());
  const { run, isPending, failure, clear } = useAction(importAccountsAction, {
    onSuccess: (accounts) => setMade(new Map(accounts.map((account) => [account.name, account.id]))),
  });
  const rows = parseAccounts(text);
  const refused = problemsByRow(failure?.fields ?? {});
  const wrong = rows.filter(({ problem }) => problem !== null).length;
  const isDone = made.size > 0;

  function start() {
    const accounts = rows.map(({ line: _, problem: __, ...account }) => account);
    run({ accounts });
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isPending}
      title="Import accounts"
      description={`One account per line, at most ${batchMax}. All of them are added, or none.`}
      className="max-w-2xl"
      footer={
        isDone ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={isPending}>
              Cancel
            </Button>
            <Button variant="primary" pending={isPending} disabled={rows.length === 0 || wrong > 0} onClick={start}>
              {rows.length === 0 ? "Import" : `Import ${rows.length} ${rows.length === 1 ? "account" : "accounts"}`}
            </Button>
          </>
        )
      }
    >
      <div className="grid grid-cols-1 gap-3">
        {isDone ? (
          <p role="status">{made.size === 1 ? "1 account is added." : `${made.size} accounts are added.`}</p>
        ) : (
          <div className="grid gap-1.5">
            <Label htmlFor={id}>Paste CSV, or rows of a spreadsheet</Label>
            <Textarea
              id={id}
              value={text}
              rows={5}
              onChange={(event) => {
                setText(event.target.value);
                clear();
              }}
              placeholder={example}
              spellCheck={false}
              className="max-h-48 font-mono text-xs"
            />
          </div>
        )}
        {failure && refused.size === 0 ? <Alert tone="danger">{failure.message}. Nothing was added.</Alert> : null}
        {rows.length > 0 ? <Rows rows={rows} refused={refused} made={made} /> : null}
      </div>
    </Dialog>
  );
}

type RowsProps = { rows: readonly ImportRow[]; refused: Map<number, string>; made: ReadonlyMap<string, number> };

function Rows({ rows, refused, made }: RowsProps) {
  return (
    <div className="max-h-72 overflow-y-auto">
      <Table label="Accounts to import">
        <thead>
          <tr>
            <Th>Line</Th>
            <Th>Account</Th>
            <Th>Platform</Th>
            <Th>Result</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Tr key={row.line}>
              <Td label="Line" className="tabular-nums">
                {row.line}
              </Td>
              <Td label="Account" className="[overflow-wrap:anywhere]">
                {row.account_name || "–"}
              </Td>
              <Td label="Platform">{platformWords[row.platform]}</Td>
              <Td label="Result">
                <Result problem={row.problem ?? refused.get(index)} madeId={made.get(row.account_name)} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function Result({ problem, madeId }: { problem: string | undefined; madeId: number | undefined }) {
  if (problem) return <span className="text-destructive [overflow-wrap:anywhere]">{problem}</span>;
  return <span>{madeId === undefined ? <Badge>Ready</Badge> : <Badge tone="success">Added as {madeId}</Badge>}</span>;
}
