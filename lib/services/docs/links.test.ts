import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { renderMarkdown } from "@/components/docs/markdown";
import { docFiles, findFile } from "./files";
import { appHref } from "./links";
import { docNavigation } from "./navigation";
import { docPages, findPage } from "./pages";
import { readPage } from "./read";

const pages = [...docPages().values()];

/** Every link and image of a page as it is written, and the ids of its headings. */
async function readLinks(file: string): Promise<{ hrefs: string[]; ids: Set<string> }> {
  const page = pages.find((each) => each.file === file)!;
  const hrefs: string[] = [];
  const { content } = renderMarkdown(await readPage(page), (href) => {
    hrefs.push(href);
    return href;
  });
  const html = renderToStaticMarkup(content);
  return { hrefs, ids: new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = ""]) => id)) };
}

describe("the documentation in the app", () => {
  it("has a page for every document, under a path of its own", () => {
    expect(pages.length).toBeGreaterThan(70);
    expect(docPages().size).toBe(new Set(pages.map(({ file }) => file)).size);
    expect(findPage([])?.file).toBe("docs/README.md");
    expect(findPage(["operations", "backup"])?.file).toBe("docs/operations/backup.md");
    expect(findPage(["decisions"])?.file).toBe("docs/decisions/README.md");
    expect(findPage(["project", "security"])?.file).toBe("SECURITY.md");
    expect(findPage(["security"])?.file).toBe("docs/security.md");
  });

  it.each(pages.map(({ file }) => file))(
    "leads from every link of %s to a page, a file, or a heading",
    async (file) => {
      const { hrefs } = await readLinks(file);
      for (const href of hrefs) {
        const target = appHref(file, href);
        expect(target, `${file}: ${href}`).not.toBeNull();
        if (/^(https?|mailto):/.test(target ?? "")) continue;
        const [path = "", anchor] = (target ?? "").split("#");
        const targetFile = path === "" ? file : docPages().get(path)?.file;
        if (anchor === undefined) continue;
        expect((await readLinks(targetFile ?? "")).ids, `${file}: ${href}`).toContain(anchor);
      }
    },
  );

  it("has every page of docs and docs/operations in its navigation, once", () => {
    const listed = docNavigation().flatMap(({ entries }) => entries.map(({ path }) => path));
    const wanted = pages
      .map(({ path }) => path)
      .filter((path) => path !== "/docs" && !path.startsWith("/docs/decisions/"));
    expect([...listed].sort()).toEqual(wanted.sort());
    expect(docNavigation().map(({ title }) => title)).toEqual(["Set up and run", "Export", "Understand", "Project"]);
  });

  it.each([
    ["..", "package.json"],
    ["%2e%2e", "package.json"],
    ["operations", "..", "..", "package"],
    ["install.md"],
    ["images", "soak.svg"],
    ["toString"],
    ["__proto__"],
  ])("has no page at %j", (...parts) => {
    expect(findPage(parts)).toBeUndefined();
  });

  it("serves the files that pages show or link to, and no others", () => {
    expect(findFile(["images", "soak.svg"])).toMatchObject({ file: "docs/images/soak.svg", type: "image/svg+xml" });
    expect(findFile(["operations", "alerts.yaml"])?.type).toBe("text/plain; charset=utf-8");
    expect(findFile(["env.example"])?.file).toBe(".env.example");
    expect(findFile([".env"])).toBeUndefined();
    expect(findFile(["..", "package.json"])).toBeUndefined();
    expect([...docFiles().values()].filter(({ file }) => !/^docs\/|^LICENSE$|^\.env\.example$/.test(file))).toEqual([]);
  });

  it("knows where links of a folder lead, and which lead nowhere", () => {
    expect(appHref("docs/operations/backup.md", "../install.md#with-docker")).toBe("/docs/install#with-docker");
    expect(appHref("docs/decisions/README.md", "../../SECURITY.md")).toBe("/docs/project/security");
    expect(appHref("docs/install.md", "images/soak.svg")).toBe("/docs/files/images/soak.svg");
    expect(appHref("docs/install.md", "#requirements")).toBe("#requirements");
    expect(appHref("docs/install.md", "https://example.com/a#b")).toBe("https://example.com/a#b");
    expect(appHref("docs/install.md", "../lib/env/index.ts")).toBeNull();
    expect(appHref("docs/install.md", "javascript:alert(1)")).toBeNull();
  });
});
