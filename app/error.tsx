"use client";

import { BrokenPage, type BrokenPageProps } from "@/components/app/broken-page";

/** Shown where the frame itself fails. */
export default function ErrorPage(props: BrokenPageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-lg flex-col justify-center p-4">
      <BrokenPage {...props} />
    </main>
  );
}
