"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { DESTINATION_TYPES, type DestinationType } from "@/lib/destinations/catalog";
import { isWarehouse, warehouseForms } from "@/lib/destinations/forms";

const BUCKET = {
  label: "Amazon S3 or compatible",
  note: "Files in a bucket, in the layout and format that you choose.",
};

const CHOICES = DESTINATION_TYPES.map((value) => ({ value, ...(isWarehouse(value) ? warehouseForms[value] : BUCKET) }));

interface KindFieldProps {
  value: DestinationType;
  onChange: (type: DestinationType) => void;
}

/** What a new connection leads to. */
export const KindField = ({ value, onChange }: KindFieldProps) => (
  <RadioCards label="Where it leads" choices={CHOICES} value={value} onChange={onChange} />
);
