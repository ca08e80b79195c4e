"use client";

import { useWatch } from "react-hook-form";
import type { ConnectionForm } from "./connection-form";
import { PolicyPanel } from "./policy-panel";

/** The policy for what stands in the form, made anew as it changes. */
export function LivePolicy() {
  const config = useWatch<ConnectionForm, "config">({ name: "config" });
  return (
    <div className="rounded-xl border border-border bg-background p-4">
      <h3 className="mb-3 font-semibold text-[0.9375rem]">Policy</h3>
      <PolicyPanel config={config} />
    </div>
  );
}
