/** What the made-up studio asks and is answered. Nothing in it is a model's. */
export type Topic = { domain: string; prompt: string; draft: string; answer: string; feedback: string };

export const topics: readonly Topic[] = [
  {
    domain: "writing",
    prompt: "Write the opening paragraph of our case study about the Harbor Museum's new ticket shop.",
    draft: "The Harbor Museum has a new ticket shop. It is faster than the old one and visitors like it.",
    answer:
      "On a rainy Saturday the queue at the Harbor Museum used to reach the tram stop. Since May most visitors arrive with a ticket on their phone: buying one takes under a minute, and four of ten are bought on the way there.",
    feedback: "Begin with a scene and name one figure the client approved.",
  },
  {
    domain: "coding",
    prompt: "Our date picker skips a day for users west of UTC. Find the cause and propose the smallest fix.",
    draft: "Use a date library everywhere and convert all dates to UTC.",
    answer:
      "`new Date('2026-05-04')` is midnight in UTC, which is still the day before in New York. The picker then reads it with local getters. Build the value with `new Date(year, month - 1, day)` in `parseDay()`; nothing else has to change. Add a test that runs with TZ=America/New_York.",
    feedback: "Name the function to change instead of a rewrite.",
  },
  {
    domain: "analysis",
    prompt: "Compare last quarter's onboarding survey with the one before and list what changed for the worse.",
    draft: "Overall satisfaction went down a little. Several answers mention the forms.",
    answer:
      "Three things got worse: finding the invoice address (61 % easily, before 74 %), the length of the project form (41 % too long, before 29 %) and the wait for a first reply (median 19 hours, before 11). Everything else moved by less than three points, which the sample of 212 cannot tell from chance.",
    feedback: "Give both figures for each claim and say which differences are noise.",
  },
  {
    domain: "general",
    prompt: "Draft a friendly reminder for an invoice that is ten days late.",
    draft: "Please pay invoice 1182 immediately.",
    answer:
      "Hello Ruth, a quick note that invoice 1182 of 4 May was due ten days ago. If it is on its way already, please ignore this. If something on it is unclear, tell us and we will sort it out today. Kind regards, Northwind Studio",
    feedback: "Warmer, and leave her a way to say that something is wrong with it.",
  },
  {
    domain: "coding",
    prompt: "Review this migration: it adds a NOT NULL column with a default to a table of 40 million rows.",
    draft: "Looks good. Consider doing it at night.",
    answer:
      "Adding the column with a constant default is instant since PostgreSQL 11. The index in the same file is not: built without CONCURRENTLY it blocks writes for minutes. Move it into its own migration outside of a transaction, and set lock_timeout so that a long query cannot queue everybody behind it.",
    feedback: "Say which of the statements takes a lock, and for how long.",
  },
  {
    domain: "writing",
    prompt: "Turn these notes of the retrospective into five sentences for the team's newsletter.",
    draft: "We talked about many things in the retrospective and everybody was happy.",
    answer:
      "Two releases went out without a hotfix, the first time this year. Reviews wait a day and a half on average, which is too long, so each morning now starts with the oldest one. The new brief template saved a round of questions with every client. Estimates for content work are still off by half; Ines tries smaller slices. And the plants by the window survived.",
    feedback: "One finding a sentence, with who does what about it.",
  },
  {
    domain: "analysis",
    prompt: "Which of our support tickets of this month could the documentation have answered?",
    draft: "Many of them, especially about passwords.",
    answer:
      "38 of 97. The largest groups: how to change the billing address (14), what happens to drafts when a seat is removed (9) and why an export lacks archived projects (7). The first two have no page at all; the third has one that search does not find, because it says “closed” instead of “archived”.",
    feedback: "Count them and name the pages that are missing.",
  },
  {
    domain: "general",
    prompt: "Plan a two-hour workshop in which a client picks three of nine feature ideas.",
    draft: "Introduce the ideas, discuss them, vote.",
    answer:
      "0:00 goal and what “picked” means. 0:10 each idea in two minutes, told by whoever wants it. 0:35 silent sorting by value. 0:50 sorting by effort, with an engineer in each group. 1:15 break. 1:25 the five that are left compete: what would we stop doing for it? 1:45 vote, three each. 1:55 who writes down what by Friday.",
    feedback: "Put times on it and end with somebody's name.",
  },
];

/** What agents are sent to do. */
export const tasks: readonly (readonly [task: string, result: string])[] = [
  [
    "Summarize this week's changes in the design system for the client newsletter",
    "Four components changed: the date picker understands ranges, tables keep their header in view, buttons have a quiet variant, and icons follow the text size. Nobody has to change code.",
  ],
  [
    "Check the accessibility report of the ticket shop and order its findings by severity",
    "Two findings block people: the seat map cannot be used by keyboard, and the timer is announced to nobody. Five are annoying, all about contrast. The other eleven repeat these.",
  ],
  [
    "Draft interview questions for the museum's volunteers",
    "Ten questions in three parts: how they came to it, what a good day looks like, and what they explain most often. The last one asks for an object they would save first.",
  ],
  [
    "Compare three map libraries for offline use on tablets",
    "Two of the three keep vector tiles on the device; one needs a commercial licence above a thousand devices. The smallest is fast enough on the tablets we tested and has the plainest API.",
  ],
  [
    "Write release notes for version 3.4 of the booking widget",
    "New: guests may change the date themselves. Improved: the calendar opens on the next free day. Fixed: a double booking when two people paid in the same second.",
  ],
  [
    "Estimate the effort of moving the newsletter archive to the new site",
    "Nine to twelve days: four for the import of 1,300 issues, two for redirects, two for search, the rest for issues with tables. The risk is in the images of the first two years.",
  ],
];

/** What customers of the studio's support app write. */
export const messages: readonly (readonly [message: string, reply: string])[] = [
  [
    "I cannot find where to change our billing address.",
    "Hello, you find it under Settings, Billing, Address; only owners can change it. If that is not you, write to us from the owner's address and we do it for you. The support team",
  ],
  [
    "The export of March has no archived projects in it.",
    "Hello, exports leave archived projects out unless “Include archived” is ticked in the last step. Tick it and export again; the file then holds all of March. The support team",
  ],
  [
    "Can two of us edit the same page at once?",
    "Hello, yes: you see each other's cursor, and whoever saves a paragraph last wins for that paragraph only. The page's history keeps both versions. The support team",
  ],
  [
    "We were charged twice this month.",
    "Hello, thank you for telling us. Please send us the dates of both charges and the last four digits of the card, and we look at it today. One of them may be a reservation that the bank gives back. The support team",
  ],
];
