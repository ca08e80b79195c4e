"use client";

import { useState } from "react";
import { useFormContext } from "react-hook-form";
import { partsOf } from "@/components/destinations/by-type";
import { Followed } from "../form/followed";
import { useFollow } from "../form/use-follow";
import type { Scheduled } from "../schedule/form-timeline";
import { FileSizeField } from "./file-size-field";
import type { FilesExport } from "./files-export";
import { CompressionFields, FormatField } from "./format-fields";
import { KeyExample } from "./key-example";
import { LayoutField } from "./layout-field";
import { LayoutOptions } from "./layout-options";
import { PrefixField } from "./prefix-field";
import { ReceiptChainSwitch } from "./receipt-chain-switch";

/** How files are named, written, and encrypted. */
export function FilesFields({ stored }: { stored: Scheduled | undefined }) {
  const { choose, changes } = useFollow();
  const { watch } = useFormContext<FilesExport>();
  const [type, model] = [watch("destination.type"), watch("model")];
  const { SettingFields } = partsOf(type);
  // Changes are listed below the field that caused them.
  const [last, setLast] = useState<"layout" | "format">("layout");
  const chooseAt =
    (place: typeof last): typeof choose =>
    (change) => {
      setLast(place);
      choose(change);
    };
  return (
    <div className="flex flex-col gap-5">
      <LayoutField choose={chooseAt("layout")} />
      {last === "layout" && <Followed changes={changes} />}
      <LayoutOptions choose={chooseAt("layout")} />
      <PrefixField />
      <KeyExample stored={stored} />
      <FormatField choose={chooseAt("format")} />
      {last === "format" && <Followed changes={changes} />}
      <div className="grid gap-5 sm:grid-cols-2">
        <CompressionFields choose={chooseAt("format")} />
        <FileSizeField />
      </div>
      <div className="grid gap-5 sm:grid-cols-2">
        <SettingFields type={type} model={model} />
      </div>
      <ReceiptChainSwitch />
    </div>
  );
}
