import type { z } from "zod";
import { type Destinations, type DestinationType, destinations } from "./catalog";
import type { BucketAddress, Declaration } from "./declaration";

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

/** Each declaration by its type, so that TypeScript sees what it takes as that of the same type. */
const declared: { [T in DestinationType]: Declaration<Configs[T], Secrets[T], AllSettings[T]> } = destinations;

/** Where a connection leads, in a word: a bucket, a database with its schema, a dataset. */
export const locationOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].place(config);

/** The same in full, as tools write it. */
export const uriOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].address(config);

/** Where a connection's secret is sent, in one spelling. */
export const secretGoesTo = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].secretGoesTo(config);

/** The empty secret of a connection whose way to sign in needs none; null if it needs a secret. */
export const noSecretOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): SecretOf<T> | null =>
  declared[type].noSecret?.(config) ?? null;

/** The bucket that a connection leads to; null if exports through it write no files. */
export const bucketOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): BucketAddress | null =>
  declared[type].bucket?.(config) ?? null;

/** The folder that all keys of a connection begin with; empty if there is none. */
export const folderOf = <T extends DestinationType>({ type, config }: TypedConfig<T>): string =>
  declared[type].folder?.(config) ?? "";

const asked = <T extends DestinationType>(type: T, settings: SettingsOf<T>): string | null =>
  declared[type].encryption?.(settings) ?? null;

/** The encryption at rest that an export asks its storage for; null if it asks for none. */
export const encryptionOf = (settings: SettingsOf<DestinationType>): string | null => asked(settings.type, settings);
