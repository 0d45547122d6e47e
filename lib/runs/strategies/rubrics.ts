/** What an answer is judged by, for each domain that has a rubric of its own. */
const rubrics: Record<string, readonly string[]> = {
  coding: [
    "it does what was asked and would run as it stands",
    "it is correct at the edges and handles failures",
    "it is readable, idiomatic and no longer than needed",
    "it brings no security hole",
  ],
  analysis: [
    "its claims are correct and follow from what is given",
    "it weighs what speaks against its conclusion",
    "it separates fact from assumption and names uncertainty",
    "it comes to a conclusion that can be acted on",
  ],
  writing: [
    "it fits its reader and purpose in tone and form",
    "it is clear, well ordered and free of filler",
    "its language is correct",
    "it says everything that was asked for",
  ],
  general: [
    "it answers the question that was asked, completely",
    "it is correct",
    "it is clear and no longer than needed",
    "it says so where something is not known",
  ],
};

/** The rubric of a domain, or that of one of its words (`python coding`), else the general one. */
export function rubricOf(domain = "general"): readonly string[] {
  const words = domain.toLowerCase().split(/[^\p{L}]+/u);
  const named = words.find((word) => Object.hasOwn(rubrics, word)) ?? "general";
  return rubrics[named] ?? [];
}
