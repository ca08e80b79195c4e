import { z } from "zod";
import { healthSchema, liveSchema, readySchema } from "@/lib/schemas/project";
import { operation } from "../operation";

export const getHealth = operation({
  id: "getHealth",
  permission: null,
  tag: "Service",
  summary: "Get the health of Penstock and its services",
  description:
    "Responds with 503 only if Penstock can't do anything, which is without PostgreSQL. `status` has the details.",
  answer: healthSchema,
});

export const getLive = operation({
  id: "getLive",
  permission: null,
  tag: "Service",
  summary: "Check that the process responds",
  description:
    "For liveness probes. Doesn't check other services, because a restart of this process wouldn't fix them.",
  answer: liveSchema,
});

export const getReady = operation({
  id: "getReady",
  permission: null,
  tag: "Service",
  summary: "Check that the process can serve requests",
  description:
    "For readiness probes and load balancers. Responds with 503 if PostgreSQL doesn't respond within 2 s. Checks nothing else: most pages work without ClickHouse and Temporal, and a probe would keep a service awake that sleeps when unused.",
  answer: readySchema,
});

export const getMetrics = operation({
  id: "getMetrics",
  permission: null,
  tag: "Service",
  summary: "Get metrics for Prometheus",
  description: "Needs `Authorization: Bearer <METRICS_TOKEN>`. Responds with 404 if no token is set.",
  answer: z.string(),
  content: "text/plain",
  errors: [401, 404],
});

export const getOpenApi = operation({
  id: "getOpenApi",
  permission: null,
  tag: "Service",
  summary: "Get this OpenAPI document",
  answer: z.object({ openapi: z.string() }).describe("An OpenAPI 3.1 document."),
});
