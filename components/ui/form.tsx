"use client";

import { type ComponentProps, useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * A form that accepts input only after hydration. Before that, the browser would submit it natively with its values in
 * the URL, and hydration would clear typed text. `post` keeps values out of the URL even if a browser submits it
 * anyway.
 */
export function Form({ children, ...props }: ComponentProps<"form">) {
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <form noValidate method="post" {...props}>
      <fieldset disabled={!hydrated} role="none" className="contents">
        {children}
      </fieldset>
    </form>
  );
}
