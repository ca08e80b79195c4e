import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeEvent } from "./escape";
import { prefixProblem, renderPrefix } from "./prefix";

const nameOf = (bytes: Uint8Array) => {
  const buffer = Buffer.from(bytes);
  return { hex: buffer.toString("hex"), sha256: createHash("sha256").update(buffer).digest("hex") };
};

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ unit: "grapheme", maxLength: 80 }).map((text) => Buffer.from(text)),
  fc.constantFrom("..", ".", "a/b", "%2F", "~", "", "\0", "a-b", " ").map((text) => Buffer.from(text)),
);

describe("escapeEvent", () => {
  it("gives every name a part of a key of its own, safe and short, that can be read back unless it was cut", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyBytes, { maxLength: 20, selector: (bytes) => Buffer.from(bytes).toString("hex") }),
        (names) => {
          const escaped = names.map((bytes) => escapeEvent(nameOf(bytes), "_."));
          expect(new Set(escaped).size).toBe(names.length);
          escaped.forEach((text, index) => {
            expect(text).toMatch(/^[A-Za-z0-9_.%~]*$/);
            expect(text.length).toBeLessThanOrEqual(180);
            if (text.includes("~")) return;
            const bytes = text.replaceAll(/%([0-9A-F]{2})/g, (_, hex: string) =>
              String.fromCharCode(Number.parseInt(hex, 16)),
            );
            expect(Buffer.from(bytes, "latin1").equals(Buffer.from(names[index]!))).toBe(true);
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a prefix template", () => {
  const window = { start: new Date("2026-03-29T14:15:16Z"), end: new Date("2026-03-29T15:00:00Z") };

  it("is refused, or gives a key that stays where it was put", () => {
    const pieces = fc.constantFrom(
      "{year}",
      "{hour}",
      "{table_name}",
      "{yaer}",
      "{",
      "}",
      "/",
      "..",
      ".",
      "a",
      "ü",
      "\n",
      "\\",
      " ",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const template = parts.join("");
        if (prefixProblem(template) !== null) return;
        const key = renderPrefix(template, window, "events");
        expect(key).not.toMatch(/[{}\\\n]|^\/|\/\//);
        expect(key.split("/").every((part) => part !== "." && part !== "..")).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
