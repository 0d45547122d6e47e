"use client";

import NextLink from "next/link";
import { type ComponentProps, useState } from "react";

/**
 * A link to a page of the app, which is fetched ahead once somebody points at it or reaches it by keyboard. Next fetches
 * every link in sight instead: thirty requests for each page of the dashboard, nearly all for nothing.
 */
export function Link(props: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  const [isWanted, setIsWanted] = useState(false);
  const want = () => setIsWanted(true);
  return (
    <NextLink
      {...props}
      // With null Next decides as it does without the property.
      prefetch={isWanted ? null : false}
      onPointerEnter={(event) => {
        want();
        props.onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        want();
        props.onFocus?.(event);
      }}
    />
  );
}
