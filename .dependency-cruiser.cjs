/**
 * Imports go one way: app → components, services; services → database, Temporal, source, destinations; workflows →
 * the contract and pure modules only.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
const BROWSER_UNSAFE = "^lib/(db|services|temporal|source|crypto)/";

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
      comment: "Pages and the worker are ends: what others need of them belongs into lib.",
      severity: "error",
      from: { pathNot: ["^app/", "^worker/", "^testing/", "\\.(test|spec)\\.tsx?$"] },
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
      from: { path: "^worker/workflows/", pathNot: "\\.test\\.ts$" },
      to: {
        pathNot: [
          "^worker/workflows/",
          "^lib/temporal/contract",
          "^lib/windows/",
          "^node_modules/@temporalio/(workflow|common)/",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "pages-go-through-services",
      comment: "A page or route handler parses, calls one service and answers; its tests look into the database.",
      severity: "error",
      from: { path: "^app/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^lib/(db|temporal|source|destinations|formats|layouts|crypto)/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "components-run-in-the-browser",
      comment: "Components get data through lib/client.",
      severity: "error",
      from: { path: ["^components/", "^lib/client/"], pathNot: "\\.test\\.tsx?$" },
      to: { path: BROWSER_UNSAFE, dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-node-in-the-browser",
      comment: "There is no Node in a browser.",
      severity: "error",
      from: { path: ["^components/", "^lib/(client|schemas|layouts)/"], pathNot: "\\.test\\.tsx?$" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "below-services",
      comment: "Database, Temporal, source and destinations know nothing of the services above them.",
      severity: "error",
      from: {
        path: "^lib/(db|net|temporal|source|destinations|formats|layouts|windows|schemas|crypto)/",
        pathNot: "\\.test\\.ts$",
      },
      to: { path: ["^lib/services/", "^components/", "^lib/client/"] },
    },
    {
      name: "destinations-stand-alone",
      comment: "A destination is self-contained: another one must not break it.",
      severity: "error",
      from: { path: "^lib/destinations/([^/.]+)/" },
      to: { path: "^lib/destinations/[^/.]+/", pathNot: "^lib/destinations/$1/" },
    },
    {
      name: "product-needs-no-local-parts",
      comment: "Production has no folder local; rotate-keys also serves the installation of npm start.",
      severity: "error",
      from: {
        path: "^(app|components|lib|server|worker)/",
        pathNot: ["\\.test\\.tsx?$", "^server/rotate-keys\\.ts$"],
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
