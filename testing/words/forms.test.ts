import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";
import { sourceFiles } from "./files";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WORDS = "lib/fields/issue-message.ts";

const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** The file of an import within the repository; null for packages. */
function resolved(from: string, name: string): string | null {
  const path = name.startsWith("@/") ? name.slice(2) : name.startsWith(".") ? join(dirname(from), name) : null;
  if (path === null) return null;
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`, `${path}/index.tsx`];
  return candidates.find((file) => /\.tsx?$/.test(file) && existsSync(join(ROOT, file))) ?? null;
}

/** Imports of values, now or later: those of types are gone when the code runs. */
const importsOf = (file: string): string[] =>
  ts
    .preProcessFile(read(file).replaceAll(/^(import|export) type [^;]*;/gms, ""))
    .importedFiles.flatMap(({ fileName }) => resolved(file, fileName) ?? []);

function reaches(file: string, wanted: string, seen = new Set<string>()): boolean {
  if (file === wanted) return true;
  if (seen.has(file)) return false;
  seen.add(file);
  return importsOf(file).some((next) => reaches(next, wanted, seen));
}

/** Most load their schema when it is needed. */
const forms = sourceFiles(ROOT).filter(
  (file) =>
    file !== "lib/client/lazy-resolver.ts" && /lazyResolver\(|from "@hookform\/resolvers\/zod"/.test(read(file)),
);

it("finds the forms", () => expect(forms.length).toBeGreaterThan(10));

it.each(forms)("%s loads our words for what Zod finds", (file) => expect(reaches(file, WORDS)).toBe(true));
