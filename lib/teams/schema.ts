import { z } from "zod";

const shape = "team must begin with team_ and go on with lower-case letters, digits and _";
const name = z
  .string("name must be a text")
  .trim()
  .min(1, "name must have 1 to 100 characters")
  .max(100, "name must have 1 to 100 characters");
const description = z.string("description must be a text").max(1_000, "description must have at most 1000 characters");
const models = z
  .array(z.string("models must name models").min(1).max(200), "models must be an array of models")
  .min(1, "models must name 1 to 10 models")
  .max(10, "models must name 1 to 10 models");

export const CreateTeam = z.object({
  team: z
    .string(shape)
    .max(65, "team must have at most 65 characters")
    .regex(/^team_[a-z0-9_]+$/, shape),
  name,
  description: description.optional(),
  models,
});
export type CreateTeam = z.infer<typeof CreateTeam>;

export const UpdateTeam = z.object({
  name: name.optional(),
  description: description.nullable().optional(),
  models: models.optional(),
});
export type UpdateTeam = z.infer<typeof UpdateTeam>;

export const Team = z
  .object({
    team: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    models: z.array(z.string()),
    built_in: z.boolean(),
  })
  .meta({ id: "Team" });
export type Team = z.infer<typeof Team>;

export const Teams = z.object({ teams: z.array(Team), count: z.int() });
export const SavedTeam = z.object({ success: z.literal(true), team: Team });
export const RemovedTeam = z.object({ success: z.literal(true), message: z.string() });
