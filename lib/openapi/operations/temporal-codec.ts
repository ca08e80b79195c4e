import { payloadsSchema } from "@/lib/schemas/payload";
import { operation } from "../operation";

export const decodePayloads = operation({
  id: "decodePayloads",
  permission: "payloads.read",
  tag: "Service",
  summary: "Decrypt Temporal's payloads for its own UI and CLI",
  description:
    "Temporal's codec protocol, decoding only. Operators call it from pages of TEMPORAL_UI_ORIGIN, command lines with `Authorization: Bearer <TEMPORAL_CODEC_TOKEN>`; 404 while neither is set.",
  body: payloadsSchema,
  answer: payloadsSchema,
  errors: [404],
});
