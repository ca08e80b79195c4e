import { writeFileSync } from "node:fs";
import { exampleText } from "@/lib/env/example";

/** `npm run env:example`: writes `.env.example` anew from the schema of the environment. */
writeFileSync(".env.example", exampleText());
