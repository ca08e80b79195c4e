import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as operations from "@/lib/openapi/operations";
import { badInputs } from "./bad-inputs";
import { ZOD } from "./banned";
import { bannedIn } from "./held";

const messagesOf = (schema: z.ZodType): string[] =>
  badInputs(schema).flatMap((input) => schema.safeParse(input).error?.issues.map(({ message }) => message) ?? []);

const found = (messages: Iterable<string>) =>
  bannedIn([{ file: "", texts: [...messages].map((text) => ({ line: 0, text })) }], ZOD);

/** Forms show a message as it is. */
const SENTENCE = /^[A-Z“].*[.?]$/s;

describe("what an operation says about invalid input", () => {
  it.each(Object.entries(operations))("%s is in sentences, and none of Zod's", (_, { params, query, body }) => {
    const messages = new Set([params, query, body].flatMap((schema) => (schema ? messagesOf(schema) : [])));
    expect(messages.size, "messages of bad inputs").toBeGreaterThan(0);
    expect(found(messages)).toEqual([]);
    expect([...messages].filter((message) => !SENTENCE.test(message))).toEqual([]);
  });

  it("would be found", () => {
    const schema = z.object({ name: z.string({ error: "Invalid input: expected string" }).max(3) });
    expect(found(messagesOf(schema))).not.toEqual([]);
  });
});
