import type { DestinationForm } from "./fields";
import type { FileSettings } from "./files/settings";
import type { Writing } from "./writing-types";

/** What identifies a bucket among all others: its storage in one spelling, and its name. */
export interface BucketAddress {
  endpoint: string;
  bucket: string;
}

/** What a destination declares in addition to its schemas: its words, and what its exports write. Safe for the browser. */
export interface Declaration<Config, Secret, Settings> {
  /** What exports write: objects in a bucket, or rows in tables. */
  kind: "files" | "tables";
  /** What grants Penstock its permissions: policies of the provider, or a script for an administrator. */
  setup: "policy" | "script";
  form: DestinationForm;
  /** Where a connection leads, in a word: a bucket, a database with its schema, a dataset. */
  place(config: Config): string;
  /** The same in full, as tools write it. */
  address(config: Config): string;
  /**
   * Where the secret is sent, in one spelling: scheme, host, port, account and TLS mode. A stored secret is bound to it; a bucket or a
   * database is no part of it.
   */
  secretGoesTo(config: Config): string;
  /** The empty secret of a way to sign in that needs none; null if the way needs a secret. */
  noSecret?(config: Config): Secret | null;
  writing: Writing<Settings>;
  /** The bucket that an organization claims by verifying a connection. */
  bucket?(config: Config): BucketAddress;
  /** The folder that the keys of all exports through a connection begin with; empty if there is none. */
  folder?(config: Config): string;
  /** What is below a path at a place, as tools write it. */
  url?(place: string, path: string): string;
  /** The encryption at rest that an export asks for; null if it leaves the choice to the storage. */
  encryption?(settings: Settings): string | null;
}

/** A destination that stores files. */
export interface FilesDeclaration<Config, Secret, Settings extends FileSettings>
  extends Declaration<Config, Secret, Settings> {
  kind: "files";
  bucket(config: Config): BucketAddress;
  folder(config: Config): string;
  url(place: string, path: string): string;
  encryption(settings: Settings): string | null;
}

/** A destination that loads rows into tables. */
export interface TablesDeclaration<Config, Secret, Settings> extends Declaration<Config, Secret, Settings> {
  kind: "tables";
  setup: "script";
}
