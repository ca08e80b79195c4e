/** The bounds of a selection's window as SQL parameters, for models that have to look at time themselves. */
export const TIME_TYPE = "DateTime64(6, 'UTC')";
const WINDOW_START = `{start:${TIME_TYPE}}`;
export const WINDOW_END = `{end:${TIME_TYPE}}`;

/** Whose rows a selection reads, and those of them that arrived in its window. */
export const MINE = "project_id = {project:UInt32}";
export const IN_WINDOW = `${MINE} AND inserted_at >= ${WINDOW_START} AND inserted_at < ${WINDOW_END}`;

/** SQL for when a row arrived, in microseconds and in UTC, whatever precision and zone the column has. */
export const ARRIVED = "toDateTime64(inserted_at, 6, 'UTC')";
