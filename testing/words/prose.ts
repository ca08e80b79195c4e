/** A query or statement rather than a sentence. */
const QUERY =
  /^\s*(\(?\s*SELECT|INSERT|CREATE|ALTER|WITH|DELETE|UPDATE|DROP|GRANT|REVOKE|COPY|SET|MERGE|BEGIN|EXPLAIN|SHOW|FROM|WHERE|AND|OR|ORDER BY|GROUP BY|JOIN|LEFT JOIN|UNION|HAVING|LIMIT|VALUES|USING|SETTINGS)\b/;

/** A CSS class as Tailwind writes it: `gap-2`, `hover:underline`, `w-[3rem]`. */
const CSS_CLASS = /^-?[a-z0-9]+([-:./[][^\s]*)+$/;

/** Whether a text is a list of CSS classes: most of its words are classes, and none ends like a sentence. */
const isClassList = (text: string) => {
  const words = text.trim().split(/\s+/);
  const classes = words.filter((word) => CSS_CLASS.test(word));
  return !/[A-Z]\w* |[.!?]$/.test(text) && classes.length * 2 >= words.length;
};

/** Whether a text has words that a person reads: two words, or a single one with a capital letter. */
export function isProse(text: string): boolean {
  if (QUERY.test(text) || isClassList(text)) return false;
  return /[a-z]{2,}[,.:;]? +["“({]?[\w{]/i.test(text) || /^[A-Z][a-z]+[.…:]?$/.test(text.trim());
}
