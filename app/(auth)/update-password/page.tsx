import type { Metadata } from "next";
import { AuthHeader } from "../auth-parts";
import { UpdateForm } from "./update-form";

// The address holds a token; no other site is to learn it.
export const metadata: Metadata = { title: "Set a new password", referrer: "no-referrer" };

export default function UpdatePasswordPage() {
  return (
    <>
      <AuthHeader title="Set a new password" />
      <UpdateForm />
    </>
  );
}
