import type { Metadata } from "next";
import { Link } from "#components/ui/link";
import { type SearchParams, single } from "../../search-params";
import { AuthHeader } from "../auth-parts";
import { nextPath, withNext } from "../next-path";
import { ResendForm } from "./resend-form";

export const metadata: Metadata = { title: "Check your inbox" };

export default async function VerifyPage({ searchParams }: { searchParams: SearchParams }) {
  const query = await searchParams;
  const email = single(query.email);
  const next = nextPath(query.next);
  const login = withNext("/login", next, email ? { email } : {});
  return (
    <>
      <AuthHeader title="Check your inbox">
        {email ? (
          <>
            We sent a link to <strong className="font-medium text-foreground">{email}</strong>. Follow it to confirm the
            address, then{" "}
          </>
        ) : (
          "Follow the link in our e-mail to confirm your address, then "
        )}
        <Link href={login} className="text-primary underline underline-offset-4">
          sign in
        </Link>
        .
      </AuthHeader>
      <ResendForm email={email} next={next} />
    </>
  );
}
