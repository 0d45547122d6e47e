import { createServerClient } from "@supabase/ssr";
import { type NextRequest, NextResponse } from "next/server";

/** Renews the login session before a page is rendered and tells the page its path. Never authorization: pages do that. */
export async function middleware(request: NextRequest): Promise<NextResponse> {
  const sent = new Headers(request.headers);
  sent.set("x-baton-path", request.nextUrl.pathname + request.nextUrl.search);
  let response = NextResponse.next({ request: { headers: sent } });
  const { SUPABASE_URL, SUPABASE_ANON_KEY } = process.env;
  const hasSession = request.cookies.getAll().some(({ name }) => name.startsWith("sb-"));
  if (!SUPABASE_URL || !SUPABASE_ANON_KEY || !hasSession) return response;

  const remembered = request.cookies.get("baton-remember")?.value === "1";
  const client = createServerClient(SUPABASE_URL, SUPABASE_ANON_KEY, {
    cookies: {
      getAll: () => request.cookies.getAll(),
      setAll: (changes) => {
        for (const { name, value } of changes) request.cookies.set(name, value);
        sent.set("cookie", request.cookies.toString());
        response = NextResponse.next({ request: { headers: sent } });
        for (const { name, value, options } of changes) {
          const maxAge = options.maxAge === 0 ? 0 : remembered ? 30 * 24 * 3600 : undefined;
          const secure = request.nextUrl.protocol === "https:";
          response.cookies.set(name, value, {
            path: "/",
            httpOnly: true,
            sameSite: "lax",
            secure,
            ...(maxAge !== undefined && { maxAge }),
          });
        }
      },
    },
  });
  // Reads the cookie and, when the access token is about to end, renews it over the network; nothing is trusted here.
  await client.auth.getSession();
  return response;
}

export const config = {
  matcher: [
    "/((?!api/|v1/|chat/|auth/v1/|_next/|ws/|health|readiness|metrics|mcp/?$|.*\\.(?:svg|png|ico|txt|json|woff2)$).*)",
  ],
};
