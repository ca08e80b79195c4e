/** SQL for a row's rank: neither may be NULL. */
export interface Rank {
  time: string;
  version: string;
}

/** SQL for whether row `a` is older than row `b`, or as old if `orSame` is set: by ingestion time, then by version. */
export const isOlder = (a: Rank, b: Rank, { orSame }: { orSame: boolean }): string =>
  `(${a.time} < ${b.time} OR (${a.time} = ${b.time} AND ${a.version} ${orSame ? "<=" : "<"} ${b.version}))`;
