import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import packageJson from "../../package.json" with { type: "json" };
import { licensesOf } from "./licenses";

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Builds the page into one HTML file that works from disk. */
export async function buildPage(dist: string): Promise<string> {
  const { metafile, outputFiles } = await build({
    entryPoints: ["verifier/page/main.ts"],
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    logLevel: "error",
  });
  const parts: Record<string, string> = {
    "/*STYLE*/": await readFile("verifier/page/style.css", "utf8"),
    // Would end the element within a text.
    "/*SCRIPT*/": (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script"),
    "<!--VERSION-->": packageJson.version,
    "<!--LICENSES-->": escapeHtml(await licensesOf(metafile)),
  };
  const template = await readFile("verifier/page/page.html", "utf8");
  const file = join(dist, "verify.html");
  await mkdir(dist, { recursive: true });
  await writeFile(
    file,
    template.replaceAll(/\/\*[A-Z]+\*\/|<!--[A-Z]+-->/g, (mark) => parts[mark] ?? ""),
  );
  return file;
}
