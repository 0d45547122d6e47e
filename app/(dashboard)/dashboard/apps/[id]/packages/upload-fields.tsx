import { useId } from "react";
import { Field } from "#components/ui/field";
import { formatNumber } from "#components/ui/format";
import { controlClass, Input, Textarea } from "#components/ui/input";
import { Label } from "#components/ui/label";
import { Link } from "#components/ui/link";
import { plural } from "../../words";
import type { Preview } from "./read-manifest";

type UploadFieldsProps = {
  preview: Preview | null | "reading";
  version: string;
  onVersionChange: (version: string) => void;
  /** In credits, as is what there is. */
  price: number;
  credits: number;
  isDisabled: boolean;
};

/** What is said about a package beside its file. */
export function UploadFields({ preview, version, onVersionChange, price, credits, isDisabled }: UploadFieldsProps) {
  const id = useId();
  return (
    <>
      <Manifest preview={preview} />
      <Field
        name="version"
        label="Version"
        description="MAJOR.MINOR.PATCH, the same as in the manifest if that has one."
      >
        <Input
          required
          maxLength={100}
          value={version}
          onValueChange={onVersionChange}
          readOnly={isDisabled}
          autoComplete="off"
          spellCheck={false}
        />
      </Field>
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}-notes`}>Release notes (optional, kept with the deployment)</Label>
        <Textarea
          id={`${id}-notes`}
          name="release_notes"
          maxLength={10_000}
          readOnly={isDisabled}
          className="max-h-40"
        />
      </div>
      <div className="grid gap-1.5">
        <Label htmlFor={`${id}-signature`}>Signature file (optional)</Label>
        <input
          id={`${id}-signature`}
          name="signature"
          type="file"
          disabled={isDisabled}
          className={`${controlClass} py-1.5 text-xs file:mr-3 file:rounded-sm file:bg-muted file:px-2 file:py-0.5 file:text-foreground`}
        />
      </div>
      <p className="rounded-md bg-muted px-3 py-2 text-muted-foreground text-xs">
        Deploying it costs <strong className="text-foreground">{plural(price, "credit")}</strong>, one for each begun
        MB, given back if it fails. You have {formatNumber(credits)}.
        {price > credits ? (
          <>
            {" "}
            <Link href="/dashboard/billing#buy" className="text-primary underline underline-offset-4">
              Get more credits
            </Link>{" "}
            or upload it only.
          </>
        ) : null}
      </p>
    </>
  );
}

function Manifest({ preview }: { preview: UploadFieldsProps["preview"] }) {
  if (preview === "reading") return <p className="text-muted-foreground">Reading its manifest…</p>;
  if (preview === null) {
    return <p className="text-muted-foreground">Its manifest cannot be shown here. The server checks all of it.</p>;
  }
  return (
    <div className="grid gap-0.5">
      <p className="font-medium [overflow-wrap:anywhere]">{preview.name ?? "Without a name"}</p>
      {preview.description ? (
        <p className="line-clamp-2 text-muted-foreground [overflow-wrap:anywhere]">{preview.description}</p>
      ) : null}
    </div>
  );
}
