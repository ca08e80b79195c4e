import type { z } from "zod";
import type { Location } from "@/lib/fields/receipt";
import type { Destinations } from "./catalog";
import type { Outline } from "./declaration";
import { type DestinationType, outlines } from "./outlines";

type Configs = { [T in DestinationType]: z.infer<Destinations[T]["config"]> };
type Secrets = { [T in DestinationType]: z.infer<Destinations[T]["secret"]> };
type AllSettings = { [T in DestinationType]: z.infer<Destinations[T]["settings"]> };

export type ConfigOf<T extends DestinationType> = Configs[T];
export type SecretOf<T extends DestinationType> = Secrets[T];
export type SettingsOf<T extends DestinationType> = AllSettings[T];

/** The readable part of any connection. */
export type ConnectionConfig = ConfigOf<DestinationType>;
/** The secret of any connection. */
export type ConnectionSecret = SecretOf<DestinationType>;

interface TypedConfig<T extends DestinationType> {
  type: T;
  config: ConfigOf<T>;
}

/** Each outline by its type, so that TypeScript pairs it with values of the same type. */
const declared: { [T in DestinationType]: Outline<Configs[T], Secrets[T], AllSettings[T]> } = outlines;

/** A connection's location in short: a bucket, a database with its schema, a dataset. */
export const locationOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].place(config);

/** The full location, as tools write it. */
export const uriOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].address(config);

const placed = <T extends DestinationType>(type: T, config: ConfigOf<T>, settings: SettingsOf<T>): Location =>
  ({ type, ...declared[type].location(config, settings) }) as Location;

/** Where an export's files or rows are, as its receipts name it. */
export const receiptLocation = (settings: SettingsOf<DestinationType>, config: ConnectionConfig): Location =>
  placed(settings.type, config, settings);

/** Where a connection's secret is sent, in one spelling. */
export const secretGoesTo = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].secretGoesTo(config);

/** The empty secret of a connection whose sign-in method needs none; null if it needs a secret. */
export const noSecretOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): SecretOf<T> | null =>
  declared[type].noSecret?.(config) ?? null;

/** The folder that all keys of a connection begin with; empty if there is none. */
export const folderOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].folder?.(config) ?? "";

const asked = <T extends DestinationType>(type: T, settings: SettingsOf<T>): string | null =>
  declared[type].encryption?.(settings) ?? null;

/** The encryption at rest that an export requests; null if it requests none. */
export const encryptionOf = (settings: SettingsOf<DestinationType>): string | null => asked(settings.type, settings);
