import type { Team } from "#lib/teams/schema";

const builtIn = (team: string, name: string, description: string, models: string[]): Team => ({
  team,
  name,
  description,
  models,
  built_in: true,
});

const sonnet = "anthropic/claude-sonnet-4-6";
const opus = "anthropic/claude-opus-4-6";

/** The teams that every organization has (contract A20). */
export const builtInTeams: readonly Team[] = [
  builtIn("team_coding", "Coding team", "Plans, writes and reviews code.", ["kimi-coding/k2p5", sonnet]),
  builtIn("team_creative", "Creative team", "Drafts texts that dare something, and sharpens them.", [
    sonnet,
    "minimax/minimax-m2.5",
  ]),
  builtIn("team_research", "Research team", "Collects what is known, and weighs it.", [sonnet, opus]),
  builtIn("team_business", "Business team", "Analyses a case and says what to do.", [opus, sonnet]),
];
