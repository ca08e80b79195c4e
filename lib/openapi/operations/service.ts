import { z } from "zod";
import { meSchema } from "@/lib/schemas/me";
import { healthSchema } from "@/lib/schemas/project";
import { operation } from "../operation";

export const getHealth = operation({
  id: "getHealth",
  method: "GET",
  path: "/api/health",
  tag: "Service",
  summary: "How the service and its parts are",
  description:
    "Answers 503 only when the service itself can do nothing, which is without PostgreSQL; `status` tells all.",
  auth: "none",
  answer: healthSchema,
});

export const getMe = operation({
  id: "getMe",
  method: "GET",
  path: "/api/me",
  tag: "Service",
  summary: "Who is signed in",
  auth: "session",
  answer: meSchema,
});

export const getOpenApi = operation({
  id: "getOpenApi",
  method: "GET",
  path: "/api/openapi.json",
  tag: "Service",
  summary: "This document",
  auth: "none",
  answer: z.object({ openapi: z.string() }).describe("An OpenAPI 3.1 document."),
});
