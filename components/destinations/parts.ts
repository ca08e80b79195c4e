import type { ComponentType, ReactNode } from "react";
import type { ConfigOf, SettingsOf } from "@/lib/destinations/connection";
import type { DestinationType } from "@/lib/destinations/outlines";
import type { ModelName } from "@/lib/rows/tables/registry";
import type { Connection } from "@/lib/schemas/connection";

/** A label and its value in a summary. */
export type Fact = readonly [string, ReactNode];

/** Values of a connection's form. */
export type FieldValues = Record<string, unknown>;

export interface ConnectionFieldsProps {
  type: DestinationType;
  /** The connection to edit; null for a new one. */
  stored: Connection | null;
}

export interface SetupProps {
  type: DestinationType;
  /** The connection's settings entered so far, without its secret. */
  config: object;
}

export interface SettingFieldsProps {
  type: DestinationType;
  model: ModelName;
}

interface Leading<T extends DestinationType> {
  type: T;
  config: ConfigOf<T>;
}

/** How a connection's page shows its settings. */
export interface ConnectionLook {
  /** The connection's target. */
  leads: Fact[];
  /** Whether each fact takes the full width, because it may be long. */
  isWide: boolean;
  /** Facts between the type and the authentication. */
  more: Fact[];
  /** Whether the destination requires the organization's external ID. */
  asksExternalId: boolean;
}

/** How one destination type reads in lists and summaries. Separate from its form, so that lists don't load that. */
export interface DestinationWords<T extends DestinationType> {
  /** The kind of server or warehouse behind a connection. */
  kindWords(connection: Leading<T>): string;
  /** How a connection authenticates. */
  signInWords(connection: Leading<T>): string;
  look(connection: Leading<T>): ConnectionLook;
  settingFacts(settings: SettingsOf<T>, model: ModelName): Fact[];
}

/** The forms of one destination type. */
export interface DestinationParts<T extends DestinationType> {
  /** Form values of a new connection. */
  emptyForm(type: T): FieldValues;
  /** Form values of a stored connection, without secrets. */
  storedForm(connection: Leading<T>): FieldValues;
  /** The relevant form values, as the API takes them. An empty secret keeps its stored value. */
  cleanedForm(type: T, values: FieldValues): FieldValues;
  /** The label of a connection's field, as its form has it; undefined for names that the form lacks. */
  labelOf(type: T, name: string): string | undefined;
  /** The connection's target and authentication. */
  ConnectionFields: ComponentType<ConnectionFieldsProps>;
  /** What an administrator pastes. */
  Setup: ComponentType<SetupProps>;
  /** The form values that `Setup` needs. */
  setupConfig(type: T, values: FieldValues): object;
  /** Export settings specific to some destinations of the kind. */
  SettingFields: ComponentType<SettingFieldsProps>;
}
