import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";

export type Document = Record<string, unknown>;

/** The documents of a YAML file, with anchors and merges resolved. Throws on a syntax error or a repeated key. */
export function readDocuments(file: string): Document[] {
  return parseAllDocuments(readFileSync(file, "utf8"), { merge: true }).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message}`);
    return document.toJS() as Document;
  });
}

/** Whether an image's name ends with a version that names one release: no `latest`, no bare major version. */
export const isPinned = (image: string): boolean => /:v?\d+\.\d+[\w.-]*$/.test(image);
