import { basicIso, renderPrefix } from "./prefix";
import type { KeyContext, Layout } from "./types";

const base = ({ prefix, window, tableName }: KeyContext) =>
  `${renderPrefix(prefix, window, tableName)}${basicIso(window.start)}-${basicIso(window.end)}`;

/** The prefix template, then `{start}-{end}`, `-{index}` from 0 where a window has several files, and the extension. */
export const template: Layout = {
  fileKey: (context, { index, total }) => `${base(context)}${total > 1 ? `-${index}` : ""}.${context.extension}`,
  manifestKey: (context) => `${base(context)}_manifest.json`,
};
