import type { Metadata } from "next";
import { Pager } from "#components/ui/pager";
import { Section } from "#components/ui/section";
import { getCreditBalance } from "#lib/billing/service";
import { listPackages } from "#lib/packages/service";
import type { SearchParams } from "../../../../../search-params";
import { requireMember } from "../../../../member";
import { pageIn } from "../../../usage/query";
import { type AppParams, currentApp } from "../app";
import { DropZone } from "./drop-zone";
import { FirstPackage } from "./first-package";
import { PackageTable } from "./package-table";

export const metadata: Metadata = { title: "Packages" };

const rowsPerPage = 20;

type PackagesPageProps = { params: AppParams; searchParams: SearchParams };

export default async function PackagesPage({ params, searchParams }: PackagesPageProps) {
  const [ctx, { id }, query] = await Promise.all([requireMember("agents:write"), params, searchParams]);
  const app = await currentApp(id);
  const page = pageIn(query.page);
  const [{ packages: found }, { credits }] = await Promise.all([
    listPackages(ctx, id, { limit: rowsPerPage + 1, offset: (page - 1) * rowsPerPage }),
    getCreditBalance(ctx),
  ]);
  const packages = found.slice(0, rowsPerPage);
  const base = `/dashboard/apps/${id}/packages`;

  return (
    <div className="grid grid-cols-1 gap-6">
      <DropZone appId={id} credits={credits} newest={page === 1 ? (packages[0]?.version ?? null) : null} />
      {app.packages === 0 ? (
        <FirstPackage appId={id} />
      ) : (
        <Section
          title="Versions"
          description="Any of them can be deployed again; one that was live before costs nothing."
        >
          <PackageTable appId={id} packages={packages} livePackageId={app.deployedPackageId} credits={credits} />
          <Pager
            label="Pages of the packages"
            page={page}
            hasNext={found.length > rowsPerPage}
            hrefOf={(next) => `${base}?page=${next}`}
          />
        </Section>
      )}
    </div>
  );
}
