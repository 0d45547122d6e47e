"use client";

import { Alert } from "#components/ui/alert";
import { Link } from "#components/ui/link";
import { useFragment } from "../use-fragment";

/** What became of the confirmation link that led here. Says nothing to those who came in another way. */
export function ConfirmationNotice() {
  const fragment = useFragment();
  if (fragment?.has("error")) {
    return (
      <Alert tone="warning">
        This link has expired or was used already. If the address is confirmed, sign in; if not,{" "}
        <Link href="/verify" className="underline underline-offset-4">
          ask for a new link
        </Link>
        .
      </Alert>
    );
  }
  return fragment?.has("access_token") ? (
    <Alert tone="info">Your e-mail address is confirmed. Sign in to go on.</Alert>
  ) : null;
}
