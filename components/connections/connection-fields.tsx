"use client";

import { useFormContext } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import type { Connection } from "@/lib/schemas/connection";
import type { ConnectionForm } from "./connection-form";

/** Everything that says where a connection leads and as whom to write; needs the connection's form around it. */
export function ConnectionFields({ stored = null }: { stored?: Connection | null }) {
  const type = useFormContext<ConnectionForm>().watch("type");
  const { ConnectionFields: Fields } = partsOf(type);
  return <Fields key={type} type={type} stored={stored} />;
}
