import Ajv from "ajv/dist/2020";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "../document";
import { describeSchema } from "./describe";
import { exampleOf } from "./example";
import { documentSchemas, namedSchemas } from "./named";
import { referenceSections } from "./operations";
import type { JsonSchema } from "./schema";

const operations = referenceSections().flatMap((section) => section.operations);

describe("the API reference", () => {
  it("has every operation of the document, once", () => {
    const wanted = Object.values(openApiDocument().paths ?? {}).flatMap((item) =>
      Object.values(item as Record<string, { operationId: string }>).map(({ operationId }) => operationId),
    );
    expect(operations.map(({ id }) => id).sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(95);
  });

  it("has every named schema, and links to no other", () => {
    const names = namedSchemas().map(({ name }) => name);
    expect(names).toEqual(Object.keys(documentSchemas()).sort());
    const linked = [
      ...namedSchemas(),
      ...operations.flatMap(({ body, responses, parameters }) => [
        ...(body ? [body] : []),
        ...parameters,
        ...responses.flatMap((response) => (response.body ? [response.body] : [])),
      ]),
    ].flatMap((described) => described.names);
    expect([...new Set(linked)].filter((name) => !names.includes(name))).toEqual([]);
    expect(linked.length).toBeGreaterThan(100);
  });

  it("says of each operation who can call it, and its errors", () => {
    const find = (id: string) => operations.find((operation) => operation.id === id)!;
    expect(find("listExports").access).toContain("API key or a signed-in person");
    expect(find("listMembers").access).toContain("signed-in person");
    expect(find("releaseBucket").access).toContain("an API key can’t");
    expect(find("getHealth").access).toContain("Anyone");
    expect(find("createExport").responses.map(({ status }) => status)).toEqual(
      expect.arrayContaining(["201", "401", "422", "429"]),
    );
    expect(find("createExport").parameters.map(({ name, where }) => `${where} ${name}`)).toContain("path projectId");
  });
});

describe("a described schema", () => {
  it.each<[JsonSchema, string, string[]]>([
    [{ type: "string", format: "uuid" }, "string", ["UUID"]],
    [{ type: ["integer", "null"], minimum: 0, maximum: 9 }, "integer or null", ["0 to 9"]],
    [
      { type: "array", items: { type: "string", maxLength: 5 }, minItems: 1 },
      "array of string",
      ["at least 1 entries", "each at most 5 characters"],
    ],
    [{ anyOf: [{ $ref: "#/components/schemas/Run" }, { type: "null" }] }, "Run or null", []],
    [{ type: "object", additionalProperties: { type: "number" } }, "map of number", []],
    [{ enum: ["a", "b"], type: "string", default: "a" }, "string", ["one of a, b", "default a"]],
    [{ const: "s3" }, "any value", ["always s3"]],
    [{}, "any value", []],
  ])("%j is %s", (schema, type, rules) => {
    expect(describeSchema(schema)).toMatchObject({ type, rules });
  });

  it("has the fields of objects, lists, and variants", () => {
    const object: JsonSchema = { type: "object", properties: { a: { type: "string" } }, required: ["a"] };
    expect(describeSchema(object).fields).toMatchObject([{ name: "a", required: true, type: "string" }]);
    expect(describeSchema({ type: "array", items: object }).fields).toHaveLength(1);
    expect(describeSchema({ oneOf: [object, object] }).fields).toHaveLength(2);
  });
});

describe("examples", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const document = { $id: "document", components: openApiDocument().components };
  ajv.addSchema(document);

  it.each(Object.keys(documentSchemas()))("of %s are what the schema accepts", (name) => {
    const schemas = documentSchemas();
    const validate = ajv.compile({ $ref: `document#/components/schemas/${name}` });
    for (const requiredOnly of [true, false]) {
      const example = exampleOf({ $ref: `#/components/schemas/${name}` }, { schemas, requiredOnly });
      expect(validate(example), JSON.stringify([validate.errors, example], null, 1)).toBe(true);
    }
  });
});
