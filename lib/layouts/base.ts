import { basicIso, renderPrefix } from "./prefix";
import type { FilePart, KeyContext } from "./types";

export const folder = ({ prefix, window, tableName }: KeyContext): string => renderPrefix(prefix, window, tableName);

/** `20260329T000000Z-20260329T010000Z`. */
export const bounds = ({ window }: KeyContext): string => `${basicIso(window.start)}-${basicIso(window.end)}`;

/** `-0`, `-1` and so on where there are several files. */
export const ordinal = ({ index, total }: FilePart): string => (total > 1 ? `-${index}` : "");
