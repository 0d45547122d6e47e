import type { Metadata } from "next";
import { Link } from "#components/ui/link";
import { AuthHeader } from "../auth-parts";
import { ResetForm } from "./reset-form";

export const metadata: Metadata = { title: "Reset your password" };

export default function ResetPasswordPage() {
  return (
    <>
      <AuthHeader title="Reset your password">
        We send a link that lets you set a new one.{" "}
        <Link href="/login" className="text-primary underline underline-offset-4">
          Back to sign in
        </Link>
      </AuthHeader>
      <ResetForm />
    </>
  );
}
