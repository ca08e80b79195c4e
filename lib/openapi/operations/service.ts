import { z } from "zod";
import { healthSchema, liveSchema, readySchema } from "@/lib/schemas/project";
import { operation } from "../operation";

export const getHealth = operation({
  id: "getHealth",
  permission: null,
  tag: "Service",
  summary: "How the service and its parts are",
  description:
    "Answers 503 only when the service itself can do nothing, which is without PostgreSQL; `status` has the details.",
  answer: healthSchema,
});

export const getLive = operation({
  id: "getLive",
  permission: null,
  tag: "Service",
  summary: "Whether the process responds",
  description: "For liveness probes. Asks no service, because a restart of this process would not bring one back.",
  answer: liveSchema,
});

export const getReady = operation({
  id: "getReady",
  permission: null,
  tag: "Service",
  summary: "Whether the process can serve requests",
  description:
    "For readiness probes and load balancers. Answers 503 if PostgreSQL doesn't respond within 2 s. Asks nothing else: without ClickHouse and Temporal, most pages work, and a probe would keep a service awake that sleeps when unused.",
  answer: readySchema,
});

export const getMetrics = operation({
  id: "getMetrics",
  permission: null,
  tag: "Service",
  summary: "Metrics for Prometheus",
  description: "Needs `Authorization: Bearer <METRICS_TOKEN>`; 404 while no token is set.",
  answer: z.string(),
  content: "text/plain",
  errors: [401, 404],
});

export const getOpenApi = operation({
  id: "getOpenApi",
  permission: null,
  tag: "Service",
  summary: "This document",
  answer: z.object({ openapi: z.string() }).describe("An OpenAPI 3.1 document."),
});
