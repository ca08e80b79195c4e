/** Words that no visible text may have, and what to write instead. */
export interface Banned {
  /** Matched without regard to case, as whole words. A regular expression is taken as it is. */
  words: string | RegExp;
  instead: string;
  /** Files or folders that may have them, because the word means something else there. */
  except?: readonly string[];
}

/** One word for one thing, as docs/glossary.md has it. */
const NAMES: Banned[] = [
  // The activity log's status is Done, as in CleverTap's.
  {
    words: /^Done\b/,
    instead: "Completed",
    except: [
      "components/activity/",
      "components/people/invitation-link.tsx",
      "lib/fields/run-state.ts",
      "lib/schemas/activity.ts",
      "lib/services/activity/",
    ],
  },
  { words: "made by", instead: "Created by" },
  { words: /^Made( (after|before)\b|$)/, instead: "Created" },
  { words: "asked by", instead: "Requested by" },
  { words: "what was told", instead: "Alerts sent" },
  { words: /\bwhere (it|they) leads?\b/i, instead: "Destination type" },
  { words: /\bsigns? in by\b/i, instead: "Authentication" },
  { words: "as the system", instead: "System" },
  { words: "without these events", instead: "Exclude events" },
  // A button may say it.
  { words: /^Open$/, instead: "No start date", except: ["components/settings/project-table.tsx"] },
  { words: "by a person", instead: 'by {name}, or "manually"' },
  { words: /\ba person(,| or\b| asks?\b)/i, instead: "Manual, or someone" },
  { words: /^(greater|less)( or equal)?$|^not equals$/i, instead: "is greater than, is at most, does not equal" },
  // The stored state of a run is Cancelled.
  { words: /\bcancell(ed|ing)\b/i, instead: "canceled, canceling", except: ["lib/", "worker/"] },
  { words: /^(?!Cancelled$).*\bcancell(ed|ing)\b/i, instead: "canceled, canceling" },
  { words: "colour", instead: "color" },
  { words: /\bmails?\b(?! server)/i, instead: "email" },
];

/** Phrases that are not how an American would say it. */
const PHRASES: Banned[] = [
  { words: "whoever", instead: "anyone who, the person who" },
  { words: "by now", instead: "already" },
  { words: "anew", instead: "again" },
  { words: "told", instead: "notified, sent, shown" },
  { words: /\bstands?\b(?!-| for)/i, instead: "appears, is" },
  { words: /\b(lies?|lying)\b/i, instead: "is, are" },
  { words: "is called so", instead: "No matches." },
  { words: "still may", instead: "can still" },
  { words: "may not", instead: "can't, or might not" },
  { words: /^(it )?may$/i, instead: "Access" },
  { words: "may what", instead: "has its access" },
  {
    words: /\bmake (a |an |another |one |the )?(first )?(key|account|project|organization|connection|export)\b/i,
    instead: "create",
  },
  { words: "slip", instead: "mistyped" },
  { words: /\bleads? to\b/i, instead: "is, points to" },
  { words: /\bputs? away\b/i, instead: "cleans up" },
  { words: /\b(broke|breaks?|broken) off\b/i, instead: "was interrupted" },
  { words: /\bno member (of|any ?more)\b/i, instead: "not a member of, no longer a member" },
  { words: /^to (your|the) exports$/i, instead: "Go to exports" },
  { words: "go together", instead: "match; Wrong email or password." },
  { words: /\bis out( again)?$/i, instead: "Invitation created" },
  { words: "hasn't come yet", instead: "pending" },
  { words: /^in a moment$/i, instead: "just now" },
  { words: "any more", instead: "no longer, anymore" },
  { words: "everybody", instead: "everyone" },
  { words: "somebody", instead: "someone" },
  { words: "under way", instead: "in progress" },
  { words: /\bof (yours|theirs|ours)\b/i, instead: "your, their" },
  { words: "for good", instead: "permanently" },
  { words: "let it go", instead: "release it" },
  { words: "all the same", instead: "anyway" },
  { words: "as whom", instead: "the identity that" },
  { words: "is required with", instead: "Enter the ..." },
  { words: "goes only with", instead: "Only for" },
  { words: "not tried", instead: "skipped" },
  { words: "paused itself", instead: "was paused automatically" },
  { words: "knows nothing of", instead: "has no record of" },
  { words: "mail address", instead: "email address" },
  { words: "cannot", instead: "can't" },
  { words: "could not", instead: "couldn't, or ... failed" },
  {
    words: /\b(is|are) no (address|column|dataset|invitation|JSON|name|PEM|table)\b/,
    instead: "isn't a, doesn't exist",
  },
  { words: /\b(access key|dataset|external|project|request) id\b/, instead: "ID" },
  { words: /^(he|she|it) goes on\b|\bgoes on trying\b/i, instead: "keeps trying" },
  { words: /\bgo(es)? out\b/i, instead: "is exported, is sent" },
  { words: /\bcarr(y|ies) what\b/i, instead: "exports what" },
  { words: /\bleft empty\b/i, instead: "if empty" },
  { words: /\bno longer so\b/i, instead: "no longer matches" },
  { words: /\b(are|is|were|was) taken over\b/i, instead: "recovered" },
  { words: /\bby (itself|themselves)\b/i, instead: "automatically" },
  {
    words: /^No (export|run|request|check|connection|project|channel|alert|email|mail|API key|historic export)( yet)?$/,
    instead: "No exports yet",
  },
  { words: /^(A|The) .* can't be loaded$/, instead: "Couldn't load ..." },
];

/** What Zod says by itself: our schemas have words of their own. */
export const ZOD: Banned[] = [
  { words: /\btoo (big|small): expected\b/i, instead: "at most 120 characters" },
  {
    words: /\bexpected (string|number|boolean|object|array|record|date|undefined|nan|int)\b/i,
    instead: "a text, a number",
  },
  { words: /\binvalid (input|option|string|uuid|email|url|iso|key in|element in)\b/i, instead: "what is wrong" },
  { words: /\bunrecognized keys?\b/i, instead: "isn't a field" },
  { words: "an id as the API returns them", instead: "This link isn't valid." },
];

export const BANNED: readonly Banned[] = [...NAMES, ...PHRASES, ...ZOD];
