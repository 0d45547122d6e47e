"use client";

import { Ellipsis } from "lucide-react";
import { useRef, useState } from "react";
import { Badge } from "#components/ui/badge";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu";
import { RelativeTime } from "#components/ui/relative-time";
import { Table, Td, Th, Tr } from "#components/ui/table";
import { Tooltip } from "#components/ui/tooltip";
import type { Package } from "#lib/packages/schema";
import { formatBytes, signatureWords } from "../../words";
import { DeletePackageDialog } from "./delete-package-dialog";
import { DeployDialog } from "./deploy-dialog";
import { PackageState } from "./package-state";

type PackageTableProps = { appId: string; packages: Package[]; livePackageId: string | null; credits: number };

/** The versions of an app with what can be done with each. */
export function PackageTable({ appId, packages, livePackageId, credits }: PackageTableProps) {
  const [asked, setAsked] = useState<{ about: "deploy" | "delete"; stored: Package } | null>(null);
  const close = () => setAsked(null);
  const common = { appId, onClose: close };
  return (
    <>
      <Table label="Packages">
        <thead>
          <tr>
            <Th>Version</Th>
            <Th>State</Th>
            <Th className="text-right">Size</Th>
            <Th>SHA-256</Th>
            <Th>Signature</Th>
            <Th className="text-right">Uploaded</Th>
            <Th className="w-40">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {packages.map((stored) => {
            const isLive = stored.id === livePackageId;
            const deploys = isLive ? "Deploy again" : stored.status === "deployed" ? "Roll back" : "Deploy";
            return (
              <Tr key={stored.id} className="relative">
                <Td className="font-medium tabular-nums [overflow-wrap:anywhere]">{stored.version}</Td>
                <Td label="State">
                  <PackageState status={stored.status} isLive={isLive} />
                </Td>
                <Td label="Size" className="tabular-nums sm:text-right">
                  {formatBytes(stored.size)}
                </Td>
                <Td label="SHA-256">
                  <Checksum sha256={stored.sha256} version={stored.version} />
                </Td>
                <Td label="Signature">
                  <Tooltip content={signatureWords[stored.signature].explained}>
                    <span className="w-fit">
                      <Badge tone={signatureWords[stored.signature].tone}>
                        {signatureWords[stored.signature].label}
                      </Badge>
                    </span>
                  </Tooltip>
                </Td>
                <Td label="Uploaded" className="text-muted-foreground sm:text-right">
                  <RelativeTime value={stored.created_at} />
                </Td>
                <Td>
                  <div className="flex items-center gap-1 sm:justify-end">
                    <Button
                      size="sm"
                      aria-label={`${deploys} ${stored.version}`}
                      onClick={() => setAsked({ about: "deploy", stored })}
                    >
                      {deploys}
                    </Button>
                    <Menu
                      trigger={
                        <Button variant="ghost" size="iconSmall" aria-label={`Actions for ${stored.version}`}>
                          <Ellipsis aria-hidden />
                        </Button>
                      }
                    >
                      <MenuItem
                        render={<a href={`/api/agent-apps/${appId}/packages/${stored.id}/download`} download />}
                      >
                        Download
                      </MenuItem>
                      <MenuSeparator />
                      <MenuItem isDangerous onClick={() => setAsked({ about: "delete", stored })}>
                        Delete…
                      </MenuItem>
                    </Menu>
                  </div>
                </Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {asked?.about === "deploy" ? <DeployDialog {...common} stored={asked.stored} credits={credits} /> : null}
      {asked?.about === "delete" ? (
        <DeletePackageDialog {...common} stored={asked.stored} isLive={asked.stored.id === livePackageId} />
      ) : null}
    </>
  );
}

function Checksum({ sha256, version }: { sha256: string; version: string }) {
  const source = useRef<HTMLElement>(null);
  return (
    <span className="flex items-center gap-1">
      <code ref={source} title={sha256} className="font-mono text-xs">
        {sha256.slice(0, 12)}…
      </code>
      <CopyButton text={sha256} source={source} label={`Copy the SHA-256 of ${version}`} />
    </span>
  );
}
