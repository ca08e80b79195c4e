"use client";

import { useFormContext } from "react-hook-form";
import { RadioCards } from "@/components/ui/radio-cards";
import { LAYOUT_NAMES, layoutOf } from "@/lib/layouts/registry";
import type { CreateExport } from "@/lib/schemas/export";
import { type Choose, useReason } from "./use-follow";

/** How objects are named, and what goes into each. */
export function LayoutField({ choose }: { choose: Choose }) {
  const { watch } = useFormContext<CreateExport>();
  const reason = useReason();
  const choices = LAYOUT_NAMES.map((layout) => ({
    value: layout,
    label: layoutOf(layout).label,
    note: layoutOf(layout).note,
    reason: reason("model", (value) => ({ ...value, destination: { ...value.destination, layout } })),
  }));
  return (
    <RadioCards
      label="Layout"
      choices={choices}
      value={watch("destination.layout")}
      onChange={(layout) => choose((value) => ({ ...value, destination: { ...value.destination, layout } }))}
    />
  );
}
