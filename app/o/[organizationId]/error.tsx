"use client";

import { PageError } from "@/components/ui/page-error";

/** Shown inside the frame when its page breaks. */
export default function ErrorPage({ error, reset }: { error: Error; reset: () => void }) {
  return <PageError error={error} reset={reset} />;
}
