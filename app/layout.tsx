import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { ThemeScript } from "#components/theme/theme-script";
import { Toaster } from "#components/ui/toaster";

export const metadata: Metadata = {
  title: { default: "Baton: run your own agent cloud", template: "%s · Baton" },
  description:
    "Baton puts many AI models behind one OpenAI-compatible endpoint, with organizations, scoped keys and prepaid credits, on a server you control.",
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The script in the head writes data-theme before React looks at the element.
    <html lang="en" suppressHydrationWarning className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <head>
        <ThemeScript />
      </head>
      <body>
        <div className="app-root">{children}</div>
        <Toaster />
      </body>
    </html>
  );
}
