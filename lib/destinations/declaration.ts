import type { Location } from "@/lib/fields/receipt";
import type { DestinationForm } from "./fields";
import type { FileSettings } from "./files/settings";

/** Identifies a bucket: its storage in one spelling, and its name. */
export interface BucketAddress {
  endpoint: string;
  bucket: string;
}

/** What lists and pages show of a destination. Apart from schemas and formats, which would be most of a page. */
export interface Outline<Config, Secret, Settings> {
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
  /** The names of the secret's fields. */
  secrets: readonly (keyof Secret & string)[];
  /** The folder that the keys of all exports through a connection begin with; empty if there is none. */
  folder?(config: Config): string;
  /** The URI of a path at a place, as tools write it. */
  url?(place: string, path: string): string;
  /** The encryption at rest that an export requests; null leaves the choice to the storage. */
  encryption?(settings: Settings): string | null;
}

/** The outline of a destination that stores files. */
export interface FilesOutline<Config, Secret, Settings extends FileSettings> extends Outline<Config, Secret, Settings> {
  kind: "files";
  folder(config: Config): string;
  url(place: string, path: string): string;
  encryption(settings: Settings): string | null;
}

/** The outline of a destination that loads rows into tables. */
export interface TablesOutline<Config, Secret, Settings> extends Outline<Config, Secret, Settings> {
  kind: "tables";
  setup: "script";
}
