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

describe("what an operation says about invalid input", () => {
  it.each(Object.entries(operations))("%s has no text of Zod's", (_, { params, query, body }) => {
    const messages = new Set([params, query, body].flatMap((schema) => (schema ? messagesOf(schema) : [])));
    expect(messages.size, "messages of bad inputs").toBeGreaterThan(0);
    expect(found(messages)).toEqual([]);
  });

  it("would be found", () => {
    const schema = z.object({ name: z.string({ error: "Invalid input: expected string" }).max(3) });
    expect(found(messagesOf(schema))).not.toEqual([]);
  });
});
