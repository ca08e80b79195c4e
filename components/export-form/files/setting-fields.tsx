"use client";

import dynamic from "next/dynamic";
import { useFormContext } from "react-hook-form";
import { kindOf } from "@/lib/destinations/outlines";
import type { CreateExport } from "@/lib/schemas/export";
import type { Scheduled } from "../schedule/form-timeline";
import { FilesFields } from "./files-fields";

const TableFields = dynamic(() => import("./table-fields").then((it) => it.TableFields));

/** How the export writes: files in a bucket, or tables in a warehouse. */
export function SettingFields({ stored }: { stored?: Scheduled }) {
  const type = useFormContext<CreateExport>().watch("destination.type");
  return kindOf(type) === "tables" ? <TableFields key={type} type={type} /> : <FilesFields stored={stored} />;
}
