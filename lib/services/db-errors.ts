/** Whether a query failed because it broke the unique index of that name. */
export function isUniqueViolation(error: unknown, index: string): boolean {
  const { code, constraint } = ((error as Error | null)?.cause ?? error ?? {}) as {
    code?: string;
    constraint?: string;
  };
  return code === "23505" && constraint === index;
}
