import { z } from "zod";
import { connectionSchemas } from "../connection-schemas";
import { kindProblems } from "./amazon";
import { ENCRYPTIONS } from "./encryptions";
import { s3Outline } from "./outline";
import { configProblems, s3ConfigSchema, s3SecretSchema } from "./schema";
import { s3DestinationSchema } from "./settings";

export const s3 = {
  ...s3Outline,
  ...connectionSchemas({
    type: "s3",
    config: s3ConfigSchema,
    secret: s3SecretSchema,
    // The encryption that its exports will request.
    trial: {
      encryption: z.enum(ENCRYPTIONS).default("none"),
      kmsKeyId: z.string().trim().min(1).max(2048).nullable().default(null),
    },
    check: (value, ctx) => {
      for (const { path, message } of [...configProblems(value, false), ...kindProblems(value)])
        ctx.addIssue({ code: "custom", path: [path], message });
    },
  }),
  settings: s3DestinationSchema,
};
