import { allTexts, readableList } from "./words/list";

/** `npm run words`: every text that the product shows, by file and line. Arguments name folders or files. */
const paths = process.argv.slice(2);
const files = allTexts(process.cwd());
console.log(
  readableList(files.filter(({ file }) => paths.length === 0 || paths.some((path) => file.startsWith(path)))),
);
