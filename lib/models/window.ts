/** The bounds of a selection's window as SQL parameters, for models that have to look at time themselves. */
export const TIME_TYPE = "DateTime64(6, 'UTC')";
export const WINDOW_START = `{start:${TIME_TYPE}}`;
export const WINDOW_END = `{end:${TIME_TYPE}}`;
