"use client";

import { useFormContext } from "react-hook-form";
import { type DestinationType, kindOf } from "@/lib/destinations/catalog";
import type { CreateExport } from "@/lib/schemas/export";
import type { Scheduled } from "../schedule/form-timeline";
import { FilesFields } from "./files-fields";
import { TableFields } from "./table-fields";

interface SettingWords {
  title: string;
  description: string;
  /** How a change affects existing data. */
  stays: string;
}

const WORDS: Record<"files" | "tables", SettingWords> = {
  files: {
    title: "What the files look like",
    description: "Names, format, compression, size, and encryption. The example keys change as you type.",
    stays: "Files already in the bucket don’t change.",
  },
  tables: {
    title: "The table",
    description: "Where rows go in the warehouse, and what happens to those of an earlier run.",
    stays: "Rows already in the warehouse don’t change.",
  },
};

export const settingWords = (type: DestinationType): SettingWords => WORDS[kindOf(type)];

/** How the export writes: files in a bucket, or tables in a warehouse. */
export function SettingFields({ stored }: { stored?: Scheduled }) {
  const type = useFormContext<CreateExport>().watch("destination.type");
  return kindOf(type) === "tables" ? <TableFields key={type} type={type} /> : <FilesFields stored={stored} />;
}
