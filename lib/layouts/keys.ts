import { compressionSuffix, formats } from "../formats/registry";
import { models } from "../models/registry";
import type { S3Destination } from "../schemas/destination";
import type { Window } from "../windows/types";
import { layouts } from "./registry";
import type { KeyContext } from "./types";

const context = (model: keyof typeof models, destination: S3Destination, window: Window): KeyContext => ({
  prefix: destination.prefix,
  tableName: models[model].table,
  window,
  extension: formats[destination.format].extension + compressionSuffix[destination.compression],
});

/** The keys of a window's files, in the order of their rows. */
export function fileKeys(
  model: keyof typeof models,
  destination: S3Destination,
  window: Window,
  total: number,
): string[] {
  const layout = layouts[destination.layout];
  const keyContext = context(model, destination, window);
  return Array.from({ length: total }, (_, index) => layout.fileKey(keyContext, { index, total }));
}

/** The key of a window's manifest: it is there if and only if the window is committed. */
export function manifestKey(model: keyof typeof models, destination: S3Destination, window: Window): string {
  return layouts[destination.layout].manifestKey(context(model, destination, window));
}
