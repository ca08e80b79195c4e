"use client";

import { useFormContext } from "react-hook-form";
import { SwitchField } from "@/components/ui/switch-field";
import { keepsChain } from "@/lib/destinations/files/chain";
import { CHAIN_FOLDER } from "@/lib/destinations/files/chain-folder";
import { layoutOf } from "@/lib/rows/layouts/registry";
import type { FilesExport } from "./files-export";

/** Whether the bucket holds the chain of receipts. A choice that equals the layout's own stays the layout's. */
export function ReceiptChainSwitch() {
  const { watch, getValues, setValue } = useFormContext<FilesExport>();
  const { layout, receiptChain } = watch("destination");
  const usual = layoutOf(layout).keepsChain;
  const choose = (next: boolean) =>
    // The whole object: a single field that becomes undefined would show its initial value.
    setValue(
      "destination",
      { ...getValues("destination"), receiptChain: next === usual ? undefined : next },
      { shouldDirty: true },
    );
  return (
    <SwitchField
      label="Keep the receipt chain in the bucket"
      hint={`Also writes each receipt and the public keys below ${CHAIN_FOLDER}/, so that anyone who can read the bucket can verify all of them. ${
        usual
          ? "Penstock keeps the chain either way."
          : "Off by default for this layout, because its readers expect only certain objects."
      }`}
      checked={keepsChain({ layout, receiptChain })}
      onChange={choose}
    />
  );
}
