import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "@/lib/openapi/operation";
import { encodeCursor } from "@/lib/services/paging";
import { LIMITED_OPERATIONS } from "@/lib/services/rate-limits/limits";
import { call, postAuth } from "@/testing/api/call";
import { fixtures } from "@/testing/api/matrix/fixtures";
import { makeSubjects, type Subject } from "@/testing/api/matrix/subjects";
import { makeWorld, type World } from "@/testing/api/matrix/world";
import { findRoutes } from "@/testing/api/routes";
import { makeSession } from "@/testing/api/session";
import { testStack } from "@/testing/api/stack";
import { type StringInput, stringInputs, withText } from "@/testing/api/string-inputs";
import { makeUser } from "@/testing/api/tenant";

/** Texts that JSON can express but PostgreSQL can't store. */
const HOSTILE = { NUL: "a\0b", "the first half of a pair": "a\ud83d", "the second half of a pair": "\ude00b" };

const ID = "5b0f3f0e-8a4b-4c55-9d0c-1f3f5f0f9a10";

/** Cursors that none of our lists produce. Lists ordered by name accept any text that can be stored. */
const CURSORS: unknown[][] = [
  ["a\0b", ID],
  ["a\ud83d", ID],
  [8.64e15, ID],
  ["0000-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", ID],
  ["2026-01-01T00:00:00.000Z", -8.64e15, ID],
  [1e300],
  [0.5],
  [-1e18],
  [{}],
  [],
];

const operations = (await findRoutes()).map(({ operation }) => operation);

let world: World;
let owner: Subject;
let [asked, inputs] = [0, 0];

beforeAll(async () => {
  world = await makeWorld();
  const found = (await makeSubjects(world.ours, world.other)).find(({ name }) => name === "owner")!;
  // A person with every permission.
  const person = await makeUser(world.ours, "owner", { operator: true });
  owner = { ...found, operator: true, person, headers: await makeSession(person) };
});

afterAll(() => {
  console.log(`Hostile texts: ${operations.length} operations, ${inputs} inputs, ${asked} requests`);
});

type Request = Awaited<ReturnType<(typeof fixtures)[string]["ask"]>>;

/** The request with a text in one place; undefined if the text can't be sent there. */
function withHostile(request: Request, { in: where, path }: StringInput, text: string): Request | undefined {
  if (where === "body") return { ...request, body: withText(request.body, path, text) };
  // URLs encode ill-formed text as U+FFFD.
  if (!text.isWellFormed()) return undefined;
  const [name = ""] = path;
  if (where === "query") return { ...request, query: { ...request.query, [name]: text } };
  return { ...request, params: { ...request.params, [name]: encodeURIComponent(text) } };
}

/** Null if the request was refused as expected. */
async function wrongAnswer(operation: Operation, request: Request, what: string): Promise<string | null> {
  const answer = await call(operation, { headers: owner.headers, ...request });
  asked += 1;
  const refused = [400, 422, ...(LIMITED_OPERATIONS[operation.id] ? [429] : [])];
  return refused.includes(answer.status) ? null : `${what}: ${answer.status} ${answer.text.slice(0, 200)}`;
}

describe("a text that can't be kept", () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    "is refused by every input of %s",
    async (id, operation) => {
      const request = await fixtures[id]!.ask(world, owner);
      const places = stringInputs(operation);
      inputs += places.length;
      const wrong: (string | null)[] = [];
      for (const place of places)
        for (const [what, text] of Object.entries(HOSTILE)) {
          const hostile = withHostile(request, place, text);
          if (hostile)
            wrong.push(await wrongAnswer(operation, hostile, `${place.in} ${place.path.join(".")}, ${what}`));
        }
      expect(wrong.filter((it) => it !== null)).toEqual([]);
    },
  );

  it("is refused as the name of a field", async () => {
    const operation = operations.find(({ id }) => id === "patchConnection")!;
    const request = await fixtures.patchConnection!.ask(world, owner);
    for (const text of Object.values(HOSTILE))
      for (const body of [{ [text]: 1 }, { config: { [text]: "x" } }])
        expect(await wrongAnswer(operation, { ...request, body }, JSON.stringify(body))).toBeNull();
  });
});

const lists = operations.filter((operation) => stringInputs(operation).some(({ path }) => path[0] === "cursor"));

describe("a cursor that no list has made", () => {
  it.each(lists.map((operation) => [operation.id, operation] as const))("is refused by %s", async (id, operation) => {
    const request = await fixtures[id]!.ask(world, owner);
    const answers = CURSORS.map((values) => {
      const query = { ...request.query, cursor: encodeCursor(values) };
      return wrongAnswer(operation, { ...request, query }, JSON.stringify(values));
    });
    expect((await Promise.all(answers)).filter((it) => it !== null)).toEqual([]);
  });
});

describe("signing in", () => {
  it.each(Object.entries(HOSTILE))("with %s is refused", async (_, text) => {
    for (const login of [
      { email: `a${text}@penstock.test`, password: "a long password" },
      { email: "a@penstock.test", password: text },
      { email: "a@penstock.test", password: "a long password", more: { [text]: text } },
    ])
      expect((await postAuth("sign-in/email", login)).status).toBe(422);
  });
});

describe("headers", () => {
  const get = (headers: Record<string, string>) => fetch(`${testStack().web}/api/me`, { headers });

  it.each(["%00", "a%00b.c%00d", "%ED%A0%BD", "\u00ff\u00fe", "a".repeat(5000)])(
    "with the cookie %s let nobody in",
    async (value) => {
      for (const name of ["better-auth.session_token", "__Secure-better-auth.session_token"])
        expect((await get({ cookie: `${name}=${value}` })).status).toBe(401);
    },
  );

  it("with a key that is none let nobody in", async () => {
    for (const key of ["pk_\u00ff", "pk_%00", `pk_${"x".repeat(5000)}`])
      expect((await get({ authorization: `Bearer ${key}` })).status).toBe(401);
  });

  it("that name where a request came from do no harm", async () => {
    const from = { "x-forwarded-for": "\u00ff%00", "user-agent": `\u00ff${"x".repeat(5000)}` };
    expect((await get({ ...owner.headers, ...from })).status).toBe(200);
  });
});
