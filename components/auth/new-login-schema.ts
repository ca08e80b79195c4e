import { z } from "zod";
import { nameSchema } from "@/lib/fields/common";
import { passwordSchema } from "@/lib/schemas/me";

/** What a new login consists of, apart from its address. */
export const newLoginSchema = z.object({ name: nameSchema, password: passwordSchema });
