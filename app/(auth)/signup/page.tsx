import type { Metadata } from "next";
import { Link } from "#components/ui/link";
import { type SearchParams, single } from "../../search-params";
import { AuthHeader } from "../auth-parts";
import { nextPath, withNext } from "../next-path";
import { SignupForm } from "./signup-form";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignupPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const next = nextPath(query.next);
  return (
    <>
      <AuthHeader title="Create an account">
        Have one already?{" "}
        <Link href={withNext("/login", next)} className="text-primary underline underline-offset-4">
          Sign in
        </Link>
      </AuthHeader>
      <SignupForm next={next} email={single(query.email)} isInvited={next.startsWith("/invitations/accept")} />
    </>
  );
}
