"use client";

import { useEffect, useState } from "react";
import { useAction } from "#components/use-action";
import { startCheckoutAction } from "./actions";

/** Begins a purchase and goes where it is paid. `isBusy` lasts until the page is left. */
export function useCheckout() {
  const [isLeaving, setIsLeaving] = useState(false);
  const { run, isPending, failure } = useAction(startCheckoutAction, {
    onSuccess: ({ sessionUrl }) => {
      setIsLeaving(true);
      window.location.assign(sessionUrl);
    },
  });

  // The browser may show this page again as it was left, on the way back from the checkout.
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) setIsLeaving(false);
    };
    window.addEventListener("pageshow", onShow);
    return () => window.removeEventListener("pageshow", onShow);
  }, []);

  return { buy: run, isBusy: isPending || isLeaving, failure };
}
