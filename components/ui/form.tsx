"use client";

import { type ComponentProps, useSyncExternalStore } from "react";

const never = () => () => {};

/**
 * A form that takes input once the page's scripts run, and not before: until then the browser would submit it
 * itself, with its values in the address, and hydration would clear what somebody has typed. `post` keeps values out
 * of the address even where a browser submits it all the same.
 */
export function Form({ children, ...props }: ComponentProps<"form">) {
  const hydrated = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <form noValidate method="post" {...props}>
      <fieldset disabled={!hydrated} className="contents">
        {children}
      </fieldset>
    </form>
  );
}
