import type { ReactNode } from "react";
import { Lanes } from "#components/lanes";
import { Logo } from "#components/logo";
import { Link } from "#components/ui/link";

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_minmax(0,1.2fr)]">
      <div className="grid grid-rows-[auto_1fr] bg-card px-5 py-5 sm:px-10">
        <header className="flex">
          <Link href="/" className="rounded-sm">
            <Logo />
          </Link>
        </header>
        <main className="mx-auto grid w-full max-w-sm content-center gap-6 py-10">{children}</main>
      </div>
      <div aria-hidden="true" className="hidden overflow-hidden border-l lg:grid">
        <Lanes
          lanes={14}
          ours={[90, 60, 130, 80, 50, 110, 70, 140, 60, 90, 120, 70, 110, 90]}
          others={[70, 50, 60, 90, 50, 60, 100, 80]}
          className="h-full"
        />
      </div>
    </div>
  );
}
