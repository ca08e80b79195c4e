"use client";

import { useFormContext } from "react-hook-form";
import { kindOf } from "@/lib/destinations/outlines";
import type { CreateExport } from "@/lib/schemas/export";
import { AuditFields } from "./audit-fields";
import { ExpectDeletion } from "./expect-deletion";
import { LateField } from "./late-field";
import { LooksField } from "./looks-field";
import { offersDeletion } from "./offers-deletion";

/** When committed windows are looked at again, and what happens with what is found. */
export function ChecksFields() {
  const destination = useFormContext<CreateExport>().watch("destination");
  const isOffered = offersDeletion(destination);
  return (
    <div className="flex flex-col gap-5">
      {isOffered && <ExpectDeletion destination={destination} />}
      <LooksField />
      <LateField />
      <AuditFields kind={kindOf(destination.type)} />
      {!isOffered && <ExpectDeletion destination={destination} />}
    </div>
  );
}
