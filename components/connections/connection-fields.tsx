"use client";

import { useFormContext } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import type { Connection } from "@/lib/schemas/connection";
import type { ConnectionForm } from "./connection-form";

/** A connection's target and credentials. Requires the connection's form as context. */
export function ConnectionFields({ stored = null }: { stored?: Connection | null }) {
  const type = useFormContext<ConnectionForm>().watch("type");
  const { ConnectionFields: Fields } = partsOf(type);
  return <Fields key={type} type={type} stored={stored} />;
}
