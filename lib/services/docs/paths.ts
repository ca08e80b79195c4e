/** Documents beside the folder docs that its pages link to. */
export const ROOT_PAGES = ["CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "SECURITY.md"];

/** Files beside the folder docs that its pages link to. */
export const ROOT_FILES = [".env.example", "LICENSE"];

/**
 * The app's path of a documentation file: `docs/operations/backup.md` is `/docs/operations/backup`, a README is its
 * folder, and `SECURITY.md` is `/docs/project/security`. What isn't Markdown is below `/docs/files`.
 */
export function appPathOf(file: string): string {
  const inDocs = file.startsWith("docs/");
  const inner = inDocs ? file.slice("docs/".length) : file;
  if (!file.endsWith(".md")) return `/docs/files/${inner.replace(/^\./, "")}`;
  const name = inner.slice(0, -".md".length);
  if (!inDocs) return `/docs/project/${name.toLowerCase().replaceAll("_", "-")}`;
  return `/docs/${name}`.replace(/\/README$/, "");
}
