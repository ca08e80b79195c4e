import { readFile } from "node:fs/promises";
import type { DocPage } from "./pages";

/** The Markdown of a page. */
export const readPage = ({ file }: DocPage): Promise<string> => readFile(file, "utf8");
