import type { RunTag } from "../types";
import type { Session } from "./client";

/** The stage that runs put their files into, in the schema that they write to. */
export const STAGE = "PENSTOCK_STAGE";

/** Files of this age, in days, belong to nobody any more: no run takes that long. */
const EXPIRY_DAYS = 7;

/** Encrypted by the storage, so that a file can be sent as it is while it is made. */
export const CREATE_STAGE = `CREATE STAGE IF NOT EXISTS ${STAGE} ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE') COMMENT = 'Files on their way into tables; put there and removed by Penstock'`;

const bare = (id: string) => id.replaceAll("-", "");

/** Paths say whose files they are, so that the next run of the same window knows them: export/window/run. */
const windowPath = ({ exportId, window }: RunTag): string =>
  `${bare(exportId)}/${window.start.toISOString().replace(/[-:.]/g, "")}`;

export const runPath = (run: RunTag): string => `${windowPath(run)}/${bare(run.id)}`;

/** A file's own name, from its key `<run>/<table>-<index>.parquet`. */
export const fileName = (key: string): string => key.replace(/^.*\//, "");

export const at = (path: string): string => `@${STAGE}/${path}/`;

interface Staged {
  /** Without the stage's name. */
  path: string;
  modified: number;
}

/** All files of the stage. LIST says the stage's name first, in lower case. */
async function list(session: Session): Promise<Staged[]> {
  const { rows } = await session.query(`LIST @${STAGE}`);
  return rows.map(({ name, last_modified }) => ({
    path: (name ?? "").replace(/^[^/]*\//, ""),
    modified: Date.parse(last_modified ?? ""),
  }));
}

/** Names of the run's own files that lie there. */
export async function stagedFiles(session: Session, run: RunTag): Promise<Set<string>> {
  const mine = `${runPath(run)}/`;
  return new Set((await list(session)).flatMap(({ path }) => (path.startsWith(mine) ? path.slice(mine.length) : [])));
}

export const removeOwn = async (session: Session, run: RunTag): Promise<void> => {
  await session.query(`REMOVE ${at(runPath(run))}`);
};

/** Puts away what other runs have left: of the same window, on which only one run is at a time, or old. */
export async function removeOthers(session: Session, run: RunTag): Promise<void> {
  const expired = Date.now() - EXPIRY_DAYS * 86_400_000;
  const left = (await list(session)).filter(({ path, modified }) => {
    if (path.startsWith(`${runPath(run)}/`)) return false;
    return path.startsWith(`${windowPath(run)}/`) || modified < expired;
  });
  // Only paths of the form that runs make: what else lies there is not ours to remove.
  const paths = left.flatMap(({ path }) => /^[0-9a-f]{32}\/\w+\/[0-9a-f]{32}(?=\/)/.exec(path)?.[0] ?? []);
  for (const path of new Set(paths)) await session.query(`REMOVE ${at(path)}`);
}
