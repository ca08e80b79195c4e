import type { DestinationWords, WarehouseForm } from "./fields";
import type { Writing } from "./writing-types";

/** What a destination declares besides its schemas: its words, and what its exports write. Safe for the browser. */
export interface Declaration<Config, Settings> {
  form: DestinationWords;
  /** Where a connection leads, in a word: a bucket, a database with its schema, a dataset. */
  place(config: Config): string;
  /** The same in full, as tools write it. */
  address(config: Config): string;
  /**
   * Where the secret is sent, in one spelling: scheme, host, port, account and TLS mode. A stored secret is bound to it; a bucket or a
   * database is no part of it.
   */
  secretGoesTo(config: Config): string;
  writing: Writing<Settings>;
}

/** A warehouse's forms are made from what it declares. */
export interface WarehouseDeclaration<Config, Settings> extends Declaration<Config, Settings> {
  form: WarehouseForm;
}
