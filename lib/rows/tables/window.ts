/** The selection's window as SQL parameters, for models that filter by time themselves. */
export const TIME_TYPE = "DateTime64(6, 'UTC')";
const WINDOW_START = `{start:${TIME_TYPE}}`;
export const WINDOW_END = `{end:${TIME_TYPE}}`;

/** The rows that a selection reads, and those that arrived in its window. */
export const MINE = "project_id = {project:UInt32}";
export const IN_WINDOW = `${MINE} AND inserted_at >= ${WINDOW_START} AND inserted_at < ${WINDOW_END}`;

/** SQL for a row's arrival time in UTC microseconds, whatever the column's precision and zone. */
export const ARRIVED = "toDateTime64(inserted_at, 6, 'UTC')";
