"use client";

import { useFormContext } from "react-hook-form";
import { RadioCards } from "@/components/ui/radio-cards";
import { LAYOUT_NAMES, layoutOf } from "@/lib/rows/layouts/registry";
import { type Choose, useReason } from "../form/use-follow";
import { type FilesExport, withFiles } from "./files-export";

/** How objects are named, and what each contains. */
export function LayoutField({ choose }: { choose: Choose }) {
  const { watch } = useFormContext<FilesExport>();
  const reason = useReason();
  const choices = LAYOUT_NAMES.map((layout) => ({
    value: layout,
    label: layoutOf(layout).label,
    note: layoutOf(layout).note,
    reason: reason("model", (value) => withFiles(value, { layout })),
  }));
  return (
    <RadioCards
      label="Layout"
      choices={choices}
      value={watch("destination.layout")}
      onChange={(layout) => choose((value) => withFiles(value, { layout }))}
    />
  );
}
