import type { ComponentType, ReactNode } from "react";
import type { DestinationType } from "@/lib/destinations/catalog";
import type { ConfigOf, SettingsOf } from "@/lib/destinations/connection";
import type { ModelName } from "@/lib/rows/tables/registry";
import type { Connection } from "@/lib/schemas/connection";

/** A name and its value, as a summary shows them. */
export type Fact = readonly [string, ReactNode];

/** The values in the fields of a connection's form. */
export type FieldValues = Record<string, unknown>;

export interface ConnectionFieldsProps {
  type: DestinationType;
  /** The connection that the form changes; null for a new one. */
  stored: Connection | null;
}

export interface SetupProps {
  type: DestinationType;
  /** A connection's settings, as far as they are filled in; without its secret. */
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

/** How the page of a connection shows its settings. */
export interface ConnectionLook {
  /** Where it leads. */
  leads: Fact[];
  /** Whether each of these has the whole width, because it may be long. */
  isWide: boolean;
  /** What is shown between the type and how it signs in. */
  more: Fact[];
  /** Whether the other side asks for the organization's external ID. */
  asksExternalId: boolean;
}

/** What forms and pages show of one type of destination. */
export interface DestinationParts<T extends DestinationType> {
  /** The values of a form for a new connection. */
  emptyForm(type: T): FieldValues;
  /** The values of a form for a stored connection; no secret is among them. */
  storedForm(connection: Leading<T>): FieldValues;
  /** The part of a form that counts, as the API takes it. A secret that is left empty keeps its stored value. */
  cleanedForm(type: T, values: FieldValues): FieldValues;
  /** Where a connection leads, and how it signs in. */
  ConnectionFields: ComponentType<ConnectionFieldsProps>;
  /** What an administrator pastes. */
  Setup: ComponentType<SetupProps>;
  /** What `Setup` needs of a form. */
  setupConfig(type: T, values: FieldValues): object;
  /** What kind of server or warehouse a connection leads to. */
  kindWords(connection: Leading<T>): string;
  /** How a connection shows who it is. */
  signInWords(connection: Leading<T>): string;
  look(connection: Leading<T>): ConnectionLook;
  /** The settings of an export that not every destination of the kind has. */
  SettingFields: ComponentType<SettingFieldsProps>;
  settingFacts(settings: SettingsOf<T>, model: ModelName): Fact[];
}
