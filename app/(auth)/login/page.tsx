import type { Metadata } from "next";
import Link from "next/link";
import { type SearchParams, single } from "../../search-params";
import { AuthHeader } from "../auth-parts";
import { nextPath, withNext } from "../next-path";
import { LoginForm } from "./login-form";

export const metadata: Metadata = { title: "Sign in" };

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
      <LoginForm next={next} email={single(query.email)} />
    </>
  );
}
