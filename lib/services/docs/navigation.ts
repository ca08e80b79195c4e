import { readFileSync } from "node:fs";
import { appHref } from "./links";
import { docPages } from "./pages";
import { appPathOf, ROOT_PAGES } from "./paths";

interface NavEntry {
  path: string;
  title: string;
}

interface DocGroup {
  title: string;
  entries: NavEntry[];
}

const CONTENTS = "docs/README.md";

let known: DocGroup[] | undefined;

/** The navigation: the groups and links of docs/README.md, in its order, and the documents of the project. */
export function docNavigation(): DocGroup[] {
  known ??= [
    ...groupsOf(readFileSync(CONTENTS, "utf8")),
    { title: "Project", entries: entriesOf(ROOT_PAGES.map(appPathOf)) },
  ];
  return known;
}

/** `**Title**` begins a group; every link after it belongs to it. */
function groupsOf(contents: string): DocGroup[] {
  const [, ...parts] = contents.split(/^\*\*(.+)\*\*$/m);
  return Array.from({ length: parts.length / 2 }, (_, index) => {
    const links = [...(parts[index * 2 + 1] ?? "").matchAll(/\]\(([^)]+)\)/g)];
    const paths = links.map(([, href = ""]) => appHref(CONTENTS, href)).filter((path) => path !== null);
    return { title: parts[index * 2] ?? "", entries: entriesOf(paths) };
  });
}

const entriesOf = (paths: string[]): NavEntry[] =>
  paths.flatMap((path) => {
    const page = docPages().get(path);
    return page ? [{ path, title: page.title }] : [];
  });
