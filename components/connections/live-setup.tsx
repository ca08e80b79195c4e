"use client";

import { useWatch } from "react-hook-form";
import { isWarehouse } from "@/lib/destinations/catalog";
import { type ConnectionForm, cleaned } from "./connection-form";
import { PolicyPanel } from "./policy-panel";
import type { S3Form } from "./s3-form";
import { ScriptPanel } from "./script-panel";
import { openPart } from "./warehouse-form";

/** The policy or the script for what stands in the form, made anew as it changes. */
export function LiveSetup() {
  const form = useWatch<ConnectionForm>() as ConnectionForm;
  const { type } = form;
  return (
    <div className="rounded-xl border border-border bg-background p-4">
      <h3 className="mb-3 font-semibold text-[0.9375rem]">{isWarehouse(type) ? "Setup script" : "Policy"}</h3>
      {isWarehouse(type) ? (
        <ScriptPanel type={type} config={openPart(type, cleaned(form).config)} />
      ) : (
        <PolicyPanel config={form.config as S3Form["config"]} />
      )}
    </div>
  );
}
