"use client";

import { CircleStop } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useMay } from "@/lib/client/use-may";

/** Shown above every page while nothing runs until an operator decides. */
export function HoldBanner() {
  const mayDecide = useMay("installation.manage");
  return (
    <p role="alert" className="mb-5 flex gap-3 rounded-xl bg-bad-soft p-3.5">
      <CircleStop className="mt-0.5 size-5 shrink-0 text-bad" aria-hidden />
      <span>
        Nothing runs: this database was restored, copied, or connected to another Temporal.{" "}
        {mayDecide ? (
          <Link href="/settings/installation" className="rounded font-medium underline">
            Decide what to do
          </Link>
        ) : (
          "An operator of this installation must decide what to do."
        )}
      </span>
    </p>
  );
}
