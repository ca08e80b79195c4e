"use client";

import { type ComponentProps, type SubmitEvent, useRef } from "react";
import { useHydrated } from "@/lib/client/use-hydrated";

interface FormProps extends Omit<ComponentProps<"form">, "onSubmit"> {
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => unknown;
}

/**
 * A form that accepts input only after hydration. Before that, the browser would submit it natively with its values in
 * the URL, and hydration would clear typed text. `post` keeps values out of the URL even if a browser submits it
 * anyway. Submits once at a time: validation may have to load its rules first.
 */
export function Form({ children, onSubmit, ...props }: FormProps) {
  const isBusy = useRef(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    try {
      await onSubmit(event);
    } finally {
      isBusy.current = false;
    }
  };
  const hydrated = useHydrated();
  return (
    <form noValidate method="post" onSubmit={submit} {...props}>
      <fieldset disabled={!hydrated} role="none" className="contents">
        {children}
      </fieldset>
    </form>
  );
}
