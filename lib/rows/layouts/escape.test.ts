import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeEvent, escapeEventAsText } from "./escape";
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

describe.each([
  ["escapeEvent", escapeEvent],
  ["escapeEventAsText", escapeEventAsText],
])("%s", (_, escaping) => {
  it("gives every name a part of a key of its own, safe and short, that can be read back unless it was cut", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyBytes, { maxLength: 20, selector: (bytes) => Buffer.from(bytes).toString("hex") }),
        (names) => {
          const escaped = names.map((bytes) => escaping(nameOf(bytes), "_."));
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

describe("escapeEventAsText", () => {
  it("gives text that is not empty, and the name itself where it is short text", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const escaped = escapeEventAsText(nameOf(Uint8Array.from(bytes)), "_.");
        // Throws on invalid UTF-8.
        const text = decodeURIComponent(escaped);
        expect(text).not.toBe("");
        if (!escaped.includes("~")) expect(Buffer.from(text).equals(Buffer.from(bytes))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Uint8Array, RegExp]>([
    ["a cut within a character", Buffer.from("日".repeat(70)), /^(%E6%97%A5){12}~[0-9a-f]{64}$/],
    ["a byte that is no text", Buffer.from([0x61, 0xff]), /^a%EF%BF%BD~[0-9a-f]{64}$/],
    ["nothing", Buffer.from(""), /^~[0-9a-f]{64}$/],
    ["a byte order mark", Buffer.from("\ufeffa"), /^%EF%BB%BFa$/],
    ["the mark of what is no text", Buffer.from("\ufffd"), /^%EF%BF%BD$/],
  ])("of %s", (_, bytes, expected) => {
    expect(escapeEventAsText(nameOf(bytes), "_.")).toMatch(expected);
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
