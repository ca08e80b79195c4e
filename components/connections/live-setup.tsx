"use client";

import { useWatch } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import type { ConnectionForm } from "./connection-form";
import { setupOf } from "./setup";

/** The policy or script for the form's current values. */
export function LiveSetup() {
  const { type, config } = useWatch<ConnectionForm>() as ConnectionForm;
  const { Setup, setupConfig } = partsOf(type);
  return (
    <div className="rounded-xl border border-border bg-background p-4">
      <h3 className="mb-3 font-semibold text-[0.9375rem]">{setupOf(type).title}</h3>
      <Setup type={type} config={setupConfig(type, config)} />
    </div>
  );
}
