import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Operation } from "@/lib/openapi/operation";
import { type Answered, call } from "@/testing/api/call";
import { expectedOf } from "@/testing/api/matrix/expected";
import { fixtures } from "@/testing/api/matrix/fixtures";
import type { Fixture } from "@/testing/api/matrix/fixtures/types";
import { makeSubjects, type Subject, twinOf } from "@/testing/api/matrix/subjects";
import { makeWorld, traces, tracesOfProject, type World } from "@/testing/api/matrix/world";
import { findRoutes } from "@/testing/api/routes";

/** Operations without authentication. Add new ones here, too. */
const PUBLIC = [
  "acceptInvitation",
  "getHealth",
  "getLive",
  "getMetrics",
  "getOpenApi",
  "getPublicKeys",
  "getReady",
  "lookUpInvitation",
  "lookUpPasswordReset",
  "requestPasswordReset",
  "resetPassword",
  "signUp",
];

const operations = (await findRoutes()).map(({ operation }) => operation);

let world: World;
let subjects: Subject[];
let hiddenFrom: Record<Subject["home"], string[]>;
let cells = 0;

beforeAll(async () => {
  world = await makeWorld();
  subjects = await makeSubjects(world.ours, world.other);
  hiddenFrom = { ours: [], sibling: tracesOfProject(world), elsewhere: traces(world, subjects) };
});

/** `404 not_found`, or only the status of a non-error response. */
function verdictOf({ status, body }: Answered<unknown>): string {
  const { error } = (status >= 400 ? body : {}) as { error?: { code: string } };
  return error ? `${status} ${error.code}` : String(status);
}

/** Checks one cell: null if it matches the permission table, otherwise what is wrong. */
async function checkCell(operation: Operation, subject: Subject, fixture: Fixture): Promise<string | null> {
  const touchesOurs = operation.path.includes("{") || fixture.namesOurs === true;
  const expected = expectedOf(operation, subject, touchesOurs);
  const asker = fixture.asTwin
    ? await twinOf(subject, subject.home === "elsewhere" ? world.other : world.ours)
    : subject;
  const answer = await call(operation, { headers: asker.headers, ...(await fixture.ask(world, asker)) });
  cells += 1;
  const verdict = verdictOf(answer);
  const right = {
    allowed: [String(operation.status), ...(fixture.own ?? [])],
    "401": ["401 unauthenticated"],
    "403": ["403 forbidden"],
    "404": ["404 not_found"],
    "409": ["409 other_organization"],
  }[expected];
  if (!right.includes(verdict))
    return `${subject.name}: ${verdict} instead of ${right.join(" or ")}: ${answer.text.slice(0, 200)}`;
  const hidden = operation.permission === null ? [] : hiddenFrom[subject.home];
  const seen = hidden.filter((it) => answer.text.includes(it));
  return seen.length > 0 ? `${subject.name}: the answer has ${seen.join(", ")}` : null;
}

describe("the permission matrix", () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))("%s", async (id, operation) => {
    expect(fixtures, "how to ask this operation: testing/api/matrix/fixtures").toHaveProperty(id);
    const fixture = fixtures[id]!;
    const wrong = await Promise.all(subjects.map((subject) => checkCell(operation, subject, fixture)));
    expect(wrong.filter((it) => it !== null)).toEqual([]);
    if (!fixture.also) return;
    const { ask, permission } = fixture.also;
    const other = { ...operation, permission };
    const also = await Promise.all(subjects.map((subject) => checkCell(other, subject, { ...fixture, ask })));
    expect(also.filter((it) => it !== null)).toEqual([]);
  });

  afterAll(() => {
    console.log(`Permission matrix: ${operations.length} operations × ${subjects.length} askers = ${cells} cells`);
  });
});

describe("the operations", () => {
  it("are public only where they are named here", () => {
    const open = operations.filter(({ permission }) => permission === null).map(({ id }) => id);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it("are all there that the fixtures ask", () => {
    expect(operations.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(fixtures)));
  });
});
