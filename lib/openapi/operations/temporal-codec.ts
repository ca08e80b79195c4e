import { payloadsSchema } from "@/lib/schemas/payload";
import { operation } from "../operation";

export const decodePayloads = operation({
  id: "decodePayloads",
  permission: "payloads.read",
  tag: "Service",
  summary: "Decrypt payloads for Temporal's own UI and CLI",
  description:
    "Temporal's codec protocol, decoding only. Operators call it from pages of TEMPORAL_UI_ORIGIN, and command lines with `Authorization: Bearer <TEMPORAL_CODEC_TOKEN>`. Responds with 404 if neither is set.",
  body: payloadsSchema,
  answer: payloadsSchema,
  errors: [404],
});
