"use client";

import { RadioCards } from "@/components/ui/radio-cards";
import { DESTINATION_TYPES, type DestinationType, destinations } from "@/lib/destinations/catalog";

const CHOICES = DESTINATION_TYPES.map((value) => ({ value, ...destinations[value].form }));

interface KindFieldProps {
  value: DestinationType;
  onChange: (type: DestinationType) => void;
}

/** The kind of a new connection. */
export const KindField = ({ value, onChange }: KindFieldProps) => (
  <RadioCards label="Destination type" choices={CHOICES} value={value} onChange={onChange} />
);
