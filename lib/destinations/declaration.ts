import type { Location } from "@/lib/fields/receipt";
import type { DestinationForm } from "./fields";
import type { FileSettings } from "./files/settings";
import type { Dialect } from "./warehouse/dialect";
import type { Writing } from "./writing-types";

/** Identifies a bucket: its storage in one spelling, and its name. */
export interface BucketAddress {
  endpoint: string;
  bucket: string;
}

/** How anyone reaches a bucket, without credentials. */
export interface Reach {
  /** Null for Amazon S3. */
  endpoint: string | null;
  region: string;
  bucket: string;
  forcePathStyle: boolean;
  requesterPays: boolean;
}

/** A destination's declaration apart from its schemas: its labels, and what its exports write. Safe for the browser. */
export interface Declaration<Config, Secret, Settings> {
  /** Whether exports write objects to a bucket or rows to tables. */
  kind: "files" | "tables";
  /** How Penstock gets its permissions: by the provider's policies, or by a script for an administrator. */
  setup: "policy" | "script";
  form: DestinationForm;
  /** A connection's location in short: a bucket, a database with its schema, a dataset. */
  place(config: Config): string;
  /** The full location, as tools write it. */
  address(config: Config): string;
  /** The same as receipts name it; `settings` are those of the export. */
  location(config: Config, settings: Settings): Omit<Location, "type">;
  /**
   * Where the secret is sent, in one spelling: scheme, host, port, account, and TLS mode. A stored secret is bound to
   * it. Excludes bucket and database.
   */
  secretGoesTo(config: Config): string;
  /** The empty secret of a sign-in method that needs none; null if it needs a secret. */
  noSecret?(config: Config): Secret | null;
  writing: Writing<Settings>;
  /** The bucket that an organization claims by verifying a connection. */
  bucket?(config: Config): BucketAddress;
  /** The folder that the keys of all exports through a connection begin with; empty if there is none. */
  folder?(config: Config): string;
  /** The URI of a path at a place, as tools write it. */
  url?(place: string, path: string): string;
  /** The encryption at rest that an export requests; null leaves the choice to the storage. */
  encryption?(settings: Settings): string | null;
  /** How readers of files reach the bucket. */
  reach?(config: Config): Reach;
  /** How readers of tables write SQL. */
  dialect?: Dialect<Config, Settings>;
}

/** A destination that stores files. */
export interface FilesDeclaration<Config, Secret, Settings extends FileSettings>
  extends Declaration<Config, Secret, Settings> {
  kind: "files";
  bucket(config: Config): BucketAddress;
  folder(config: Config): string;
  url(place: string, path: string): string;
  encryption(settings: Settings): string | null;
  reach(config: Config): Reach;
}

/** A destination that loads rows into tables. */
export interface TablesDeclaration<Config, Secret, Settings> extends Declaration<Config, Secret, Settings> {
  kind: "tables";
  setup: "script";
  dialect: Dialect<Config, Settings>;
}
