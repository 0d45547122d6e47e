"use client";

import { Download } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ExportDialog } from "./export-dialog";

type ExportButtonProps = { startDate: string; endDate: string; opensAtOnce: boolean };

/** Opens the form for a file of the usage, filled with the range of the page. */
export function ExportButton({ startDate, endDate, opensAtOnce }: ExportButtonProps) {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(opensAtOnce);

  function close() {
    setIsOpen(false);
    if (opensAtOnce) router.replace("/dashboard/usage", { scroll: false });
  }

  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Download aria-hidden />
        Export
      </Button>
      {isOpen ? <ExportDialog startDate={startDate} endDate={endDate} onClose={close} /> : null}
    </>
  );
}
