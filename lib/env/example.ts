import { z } from "zod";
import { SECTIONS } from "./schema";

const WIDTH = 100;

const HEADER = `# Every variable that Penstock's environment schema knows: lib/env/schema.ts. docs/configuration.md has the others.
# Written by npm run env:example; a unit test fails when it differs from the schema.
#
# Copy it to .env and load that file with your process manager, or in a shell: set -a; . ./.env; set +a
# A variable without # in front has no default.`;

/** The default as it would be set; null where the variable must be set, "" where it may be left out. */
function usual(field: z.ZodType): string | null {
  if (field instanceof z.ZodDefault) return String(field.def.defaultValue);
  return field instanceof z.ZodOptional ? "" : null;
}

/** A shell needs quotes around blanks and brackets. */
const quoted = (value: string) => (/^[\w./:@-]*$/.test(value) ? value : `"${value}"`);

function comment(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines.join("\n");
}

function entry([name, field]: [string, z.ZodType]): string {
  const value = usual(field);
  const line = value === null ? `${name}=` : `#${name}=${quoted(value)}`;
  return `${comment(field.description ?? "")}\n${line}`;
}

/** The text of `.env.example`, from the schema's fields, their defaults, and their descriptions. */
export function exampleText(): string {
  const sections = Object.entries(SECTIONS).map(([title, fields]) =>
    [`## ${title}`, ...Object.entries(fields).map(entry)].join("\n\n"),
  );
  return `${[HEADER, ...sections].join("\n\n")}\n`;
}
