"use client";

import { useFormContext } from "react-hook-form";
import { Disclosure } from "@/components/ui/disclosure";
import type { CreateExport } from "@/lib/schemas/export";
import { checksSummary } from "./checks-facts";
import { ChecksFields } from "./checks-fields";
import { offersDeletion } from "./offers-deletion";

/** The checks of an export, which most leave as they are. Open if the readers of its layout usually delete files. */
export function ChecksSection() {
  const { watch, formState } = useFormContext<CreateExport>();
  return (
    <Disclosure
      title="Checks"
      summary={checksSummary(watch("checks"))}
      initiallyOpen={offersDeletion(watch("destination"))}
      hasError={formState.errors.checks !== undefined}
    >
      <ChecksFields />
    </Disclosure>
  );
}
