"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { DESTINATION_TYPES, type DestinationType, outlines } from "@/lib/destinations/outlines";

const CHOICES = DESTINATION_TYPES.map((value) => ({ value, ...outlines[value].form }));

interface KindFieldProps {
  value: DestinationType;
  onChange: (type: DestinationType) => void;
}

/** The kind of a new connection. */
export const KindField = ({ value, onChange }: KindFieldProps) => (
  <RadioCards label="Destination type" choices={CHOICES} value={value} onChange={onChange} />
);
