/**
 * The rooms of lib by rank, lowest first. A module imports only from its own rank and below, types included. Files
 * directly in lib rank below all of them.
 */
const RANKS = [
  ["ip"],
  ["env"],
  ["crypto", "net"],
  ["fields"],
  ["receipts", "windows"],
  ["rows"],
  ["meter"],
  ["destinations"],
  ["snippets"],
  ["schemas"],
  ["db"],
  ["temporal", "source"],
  ["pump"],
  ["services"],
  ["openapi"],
];

const TEST = "\\.(test|spec)\\.tsx?$";
/**
 * The part of lib/openapi that runs in the browser: operation addresses, and a client that imports only the operations'
 * types. Their schemas stay on the server, because they would make every page larger.
 */
const API_CLIENT = "^lib/openapi/(addresses|client)\\.ts$";
const inLib = (rooms) => rooms.map((room) => `^lib/${room}/`);

/** One rule per rank, except the highest. */
const noImportRunsUp = RANKS.slice(0, -1).map((rooms, rank) => ({
  name: `no-import-runs-up-from-${rooms.join("-")}`,
  comment: "lib has an order of rank: see RANKS.",
  severity: "error",
  from: { path: inLib(rooms), pathNot: TEST },
  to: { path: inLib(RANKS.slice(rank + 1).flat()) },
}));

/** Modules the browser can't run: they connect, keep secrets, need Node, or are too large for a page. */
const BROWSER_UNSAFE = [
  "^lib/openapi/(?!(addresses|client)\\.ts$)",
  ...inLib(["crypto", "db", "meter", "net", "pump", "services", "source", "temporal", "env"]),
];

/** Modules with schemas: with zod, they are a large part of a page (docs/decisions/0050). */
const WITH_SCHEMAS = [
  "^lib/schemas/(?!combination\\.ts$)",
  "^lib/destinations/(catalog|settings|connection-schemas)\\.ts$",
  "^lib/destinations/[^/]+/(schema|settings|declaration|policy-schema)\\.ts$",
  "^lib/fields/(checks|columns|common|cost|event-name|file-schema|filters|installation|partial|receipt|schedule|verification)\\.ts$",
];

/** What pages load when it is needed, so that it may have schemas. */
const LOADED_LATER = [
  "^components/[^/]+/[^/]+-schema\\.ts$",
  "^components/export-form/form/rules\\.ts$",
  "^components/historic/create-historic-dialog\\.tsx$",
  "^components/destinations/(s3/policy|declared/script)-panel\\.tsx$",
];

/** @type {import("dependency-cruiser").IConfiguration} */

module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Modules that need each other are one module, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "What is imported has to be there.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "nobody-imports-app-or-worker",
      comment:
        "Pages and the worker are ends: what others need of them belongs into lib. Benches measure single steps.",
      severity: "error",
      from: { pathNot: ["^app/", "^worker/", "^testing/", "^bench/", "\\.(test|spec)\\.tsx?$"] },
      to: { path: ["^app/", "^worker/"] },
    },
    {
      name: "app-and-worker-are-apart",
      comment: "Web and worker run in processes of their own.",
      severity: "error",
      from: { path: "^app/" },
      to: { path: "^worker/" },
    },
    {
      name: "worker-and-app-are-apart",
      comment: "Web and worker run in processes of their own.",
      severity: "error",
      from: { path: "^worker/" },
      to: { path: ["^app/", "^components/"] },
    },
    {
      name: "workflows-are-pure",
      comment: "Workflow code is replayed: no I/O, nothing but the contract, pure modules and Temporal's workflow API.",
      severity: "error",
      from: { path: "^worker/workflows/", pathNot: TEST },
      to: {
        pathNot: [
          "^worker/workflows/",
          "^lib/temporal/(attempts|contract)",
          "^lib/failure-codes",
          "^lib/windows/",
          "^node_modules/@temporalio/(workflow|common)/",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pages-go-through-services",
      comment:
        "A route handler parses, calls one service and answers, and pages get their answers from it; tests look into the database.",
      severity: "error",
      from: { path: "^app/", pathNot: TEST },
      to: {
        path: "^lib/[^/]+/",
        pathNot: "^lib/(client|env|fields|http|openapi|schemas|services)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "components-run-in-the-browser",
      comment: "Components get data through lib/client, which calls operations by their addresses.",
      severity: "error",
      from: { path: ["^components/", "^lib/client/", API_CLIENT], pathNot: TEST },
      to: { path: BROWSER_UNSAFE, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "pages-load-no-schemas",
      comment:
        "Schemas are loaded with the form that needs them, by lazyResolver: with zod, they are a large part of a page.",
      severity: "error",
      from: { path: ["^components/", "^lib/client/"], pathNot: [TEST, ...LOADED_LATER] },
      to: { path: WITH_SCHEMAS, dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "loaded-later",
      comment: "An import at the top would load it with the page.",
      severity: "error",
      from: { pathNot: TEST },
      to: { path: LOADED_LATER, dynamic: false, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-node-in-the-browser",
      comment: "There is no Node in a browser.",
      severity: "error",
      from: {
        path: [
          "^components/",
          "^lib/(client|fields|ip|rows|schemas|windows)/",
          "^verifier/(core|browser|page)/",
          API_CLIENT,
        ],
        pathNot: TEST,
      },
      to: { dependencyTypes: ["core"] },
    },
    ...noImportRunsUp,
    {
      name: "services-have-doors",
      comment: "Others import a service folder through its index.ts; tests look inside.",
      severity: "error",
      from: { path: "^(?!lib/services/|testing/|bench/)", pathNot: TEST },
      to: { path: "^lib/services/[^/]+/", pathNot: "^lib/services/[^/]+/index\\.ts$" },
    },
    {
      name: "services-use-doors",
      comment:
        "A service folder imports another one through its index.ts, so that two which need each other are a cycle of modules.",
      severity: "error",
      from: { path: "^lib/services/([^/]+)/", pathNot: TEST },
      to: { path: "^lib/services/[^/]+/", pathNot: ["^lib/services/$1/", "^lib/services/[^/]+/index\\.ts$"] },
    },
    {
      name: "no-own-door",
      comment: "Within a service folder, modules import each other directly.",
      severity: "error",
      from: { path: "^lib/services/([^/]+)/" },
      to: { path: "^lib/services/$1/index\\.ts$" },
    },
    {
      name: "lib-below-the-browser",
      comment: "lib/client is the browser's side: what the server runs knows nothing of it.",
      severity: "error",
      from: { path: "^lib/(?!client/)", pathNot: TEST },
      to: { path: ["^components/", "^lib/client/"] },
    },
    {
      name: "destinations-stand-alone",
      comment:
        "A destination is self-contained: another one must not break it. What all object stores or all warehouses share is apart.",
      severity: "error",
      from: { path: "^lib/destinations/([^/.]+)/", pathNot: TEST },
      to: {
        path: "^lib/destinations/[^/.]+/",
        pathNot: ["^lib/destinations/$1/", "^lib/destinations/(files|warehouse)/"],
      },
    },
    {
      name: "verifier-stands-alone",
      comment: "It checks what the rest wrote, so it shares only the definition of the bytes that are signed.",
      severity: "error",
      from: { path: "^verifier/", pathNot: "^verifier/tests/" },
      to: { path: "^(app|components|lib|server|worker)/", pathNot: "^lib/receipts/canonical\\.ts$" },
    },
    {
      name: "verifier-runs-in-the-browser",
      comment: "There is no Node in a browser, and the command's modules are no part of a page.",
      severity: "error",
      from: { path: ["^verifier/(core|browser|page)/", "^components/"] },
      to: { path: "^verifier/(node|build)/" },
    },
    {
      name: "product-needs-no-local-parts",
      comment: "Production has no folder local; some commands also serve the installation of npm start.",
      severity: "error",
      from: {
        path: "^(app|components|lib|server|worker)/",
        pathNot: ["\\.test\\.tsx?$", "^server/(rotate-keys|installation|reset-password)\\.ts$"],
      },
      to: { path: "^(local|testing|bench|e2e)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: {
      path: [
        "^\\.next",
        "^next-env\\.d\\.ts$",
        "^\\.data",
        "^dist",
        "^node_modules/(?!@temporalio)",
        "^drizzle/",
        "^public/",
      ],
    },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
