import type { Metadata } from "next";
import { Link } from "#components/ui/link";
import { type SearchParams, single } from "../../search-params";
import { AuthHeader } from "../auth-parts";
import { nextPath, withNext } from "../next-path";
import { ConfirmationNotice } from "./confirmation-notice";
import { LoginForm } from "./login-form";

// The confirmation link brings a token along; no other site is to learn it.
export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

export default async function LoginPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const next = nextPath(query.next);
  return (
    <>
      <AuthHeader title="Sign in">
        New here?{" "}
        <Link href={withNext("/signup", next)} className="text-primary underline underline-offset-4">
          Create an account
        </Link>
      </AuthHeader>
      <ConfirmationNotice />
      <LoginForm next={next} email={single(query.email)} />
    </>
  );
}
