import { expect, test } from "vitest";
import { pagesOf, routesOf } from "./page-list";

const samples = {
  organizationId: "organization",
  projectId: "project",
  exportId: "export",
  connectionId: "connection",
  runId: "00000000-0000-4000-8000-000000000000",
  range: { start: "2026-12-01T00:00:00.000Z", end: "2026-12-01T01:00:00.000Z" },
};

test("every page of the app has an address", () => {
  const pages = routesOf("app").flatMap((route) => pagesOf(route, samples));
  expect(pages.filter(({ path }) => path.includes("["))).toEqual([]);
  expect(new Set(pages.map(({ path }) => path)).size).toBe(pages.length);
  expect(pages.filter(({ isList }) => isList)).toHaveLength(1);
  expect(pages.length).toBeGreaterThan(25);
});

test("a page with tabs has an address for each", () => {
  expect(pagesOf("o/[organizationId]/p/[projectId]/exports/[id]", samples).map(({ name }) => name)).toEqual([
    "/o/[organizationId]/p/[projectId]/exports/[id]",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=charts",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=historic",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=receipts",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=checks",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=read",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=settings",
    "/o/[organizationId]/p/[projectId]/exports/[id]?run",
  ]);
});

test("pages of no organization are opened signed out", () => {
  expect(pagesOf("sign-in", samples)).toEqual([
    { name: "/sign-in", path: "/sign-in", isSignedIn: false, isList: false, needsBrowser: false },
  ]);
});

test("few pages need the browser for their content", () => {
  const pages = routesOf("app").flatMap((route) => pagesOf(route, samples));
  expect(pages.filter(({ needsBrowser }) => needsBrowser).map(({ name }) => name)).toEqual([
    "/invite",
    "/o/[organizationId]",
    "/o/[organizationId]/[...unknown]",
    "/o/[organizationId]/p/[projectId]/connections/new",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=charts",
    "/o/[organizationId]/p/[projectId]/exports/[id]?tab=read",
    "/o/[organizationId]/p/[projectId]/exports/[id]/edit",
    "/o/[organizationId]/p/[projectId]/exports/new",
    "/reset-password",
  ]);
});

test("a route with an unknown part is refused", () => {
  expect(() => pagesOf("o/[organizationId]/things/[thingId]", samples)).toThrow("no sample for [thingId]");
});
