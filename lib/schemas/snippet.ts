import { z } from "zod";
import { LANGUAGES } from "@/lib/snippets";

const snippetSchema = z.object({
  title: z.string(),
  language: z.enum(LANGUAGES),
  /** To copy and run. It holds no credentials: tools take them from the environment, or from their own chain. */
  text: z.string(),
});

/** What one tool offers; `note` says what it can't read, or what to know first. */
const toolSnippetsSchema = z.object({
  tool: z.string().describe("A tool's name, like `duckdb`. Later versions can have more tools."),
  label: z.string(),
  snippets: z.array(snippetSchema),
  note: z.string().nullable(),
});

export const snippetsSchema = z.object({ tools: z.array(toolSnippetsSchema) });

export type ToolSnippets = z.infer<typeof toolSnippetsSchema>;
export type Snippets = z.infer<typeof snippetsSchema>;
