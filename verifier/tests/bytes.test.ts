import fc from "fast-check";
import { expect, it } from "vitest";
import { fromBase64url, toBase64url } from "../core/bytes";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

it("reads what it writes, as Node does", () => {
  fc.assert(
    fc.property(bytes(64), (value) => {
      const text = toBase64url(value);
      expect(text).toBe(Buffer.from(value).toString("base64url"));
      expect(fromBase64url(text, 64)).toEqual(value);
    }),
  );
});

it("refuses every other text of the same bytes", () => {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  fc.assert(
    fc.property(bytes(64), fc.integer({ min: 1, max: 15 }), (value, low) => {
      const text = toBase64url(value);
      // The last character has two of its six bits: the others must be zero.
      const last = alphabet[alphabet.indexOf(text.at(-1)!) | low]!;
      fc.pre(last !== text.at(-1));
      expect(fromBase64url(text.slice(0, -1) + last, 64)).toBeNull();
      for (const other of [`${text}==`, `${text}\n`, ` ${text}`, text.slice(1), `${text}A`])
        expect(fromBase64url(other, 64)).toBeNull();
    }),
  );
  expect(fromBase64url("+".repeat(86), 64)).toBeNull();
});
