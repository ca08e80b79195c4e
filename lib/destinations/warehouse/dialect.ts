/** How a warehouse's SQL writes what readers of an export ask with. */
export interface Dialect<Config, Settings> {
  /** A table's full name. */
  table(config: Config, settings: Settings, bare: string): string;
  column(name: string, settings: Settings): string;
  text(text: string): string;
  /** A time in ISO 8601, UTC. */
  time(iso: string): string;
}
