import type { EndedRuns, RunTag } from "../types";
import { leftBy, runIdOf } from "../warehouse/stage-owner";
import type { Session } from "./client";

/** The stage for runs' files, in the schema that they write to. */
export const STAGE = "PENSTOCK_STAGE";

/** Encrypted by the storage, so that a file can be sent as it is made. */
export const CREATE_STAGE = `CREATE STAGE IF NOT EXISTS ${STAGE} ENCRYPTION = (TYPE = 'SNOWFLAKE_SSE') COMMENT = 'Files on their way into tables; put there and removed by Penstock'`;

const bare = (id: string) => id.replaceAll("-", "");

/** Paths identify a file's origin: export/window/run. */
export const runPath = ({ id, exportId, window }: RunTag): string =>
  `${bare(exportId)}/${window.start.toISOString().replace(/[-:.]/g, "")}/${bare(id)}`;

/** The path of a run's file, up to the run: other files in the stage are not Penstock's to remove. */
const OF_RUN = /^[0-9a-f]{32}\/\d{8}T\d{9}Z\/([0-9a-f]{32})(?=\/[\w.-]+$)/;

function runOfPath(path: string): string | null {
  const plain = OF_RUN.exec(path)?.[1];
  return plain === undefined ? null : runIdOf(plain);
}

/** The file name in a key `<run>/<table>-<index>.parquet`. */
export const fileName = (key: string): string => key.replace(/^.*\//, "");

export const at = (path: string): string => `@${STAGE}/${path}/`;

/** Paths of all files in the stage. LIST puts the stage's name first, in lowercase. */
async function list(session: Session): Promise<string[]> {
  const { rows } = await session.query(`LIST @${STAGE}`);
  return rows.map(({ name }) => (name ?? "").replace(/^[^/]*\//, ""));
}

/** Names of the run's own staged files. */
export async function stagedFiles(session: Session, run: RunTag): Promise<Set<string>> {
  const mine = `${runPath(run)}/`;
  return new Set((await list(session)).flatMap((path) => (path.startsWith(mine) ? path.slice(mine.length) : [])));
}

export const removeOwn = async (session: Session, run: RunTag): Promise<void> => {
  await session.query(`REMOVE ${at(runPath(run))}`);
};

/** Removes files of other runs that are known to have ended. */
export async function removeLeft(session: Session, run: RunTag, ended: EndedRuns): Promise<void> {
  const left = await leftBy(await list(session), runOfPath, run.id, ended);
  const paths = left.flatMap((path) => OF_RUN.exec(path)?.[0] ?? []);
  for (const path of new Set(paths)) await session.query(`REMOVE ${at(path)}`);
}
