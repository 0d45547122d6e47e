import { z } from "zod";
import { oneOf, optionalText, requiredText } from "#lib/workdesk/fields";
import { SqlTime } from "#lib/workdesk/sql-time";

export const projectStatuses = ["active", "paused", "completed", "archived"] as const;
export const importances = ["critical", "high", "medium", "low"] as const;
const importanceWords = `importance must be one of: ${importances.join(", ")}`;

const Name = requiredText("Project name", 200);
const Description = optionalText("description", 10_000);

export const Project = z
  .object({
    id: z.int(),
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(projectStatuses),
    total_credits_used: z.int(),
    total_sessions: z.int(),
    created_at: SqlTime,
    updated_at: SqlTime,
  })
  .meta({ id: "Project" });
export type Project = z.infer<typeof Project>;

export const Projects = z.object({ data: z.array(Project) });
export type Projects = z.infer<typeof Projects>;
export const ProjectAnswer = z.object({ data: Project });
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;

export const CreateProject = z.object({ name: Name, description: Description });
export type CreateProject = z.infer<typeof CreateProject>;

export const UpdateProject = z.object({
  name: Name.optional(),
  description: Description,
  status: oneOf("status", projectStatuses).optional(),
});
export type UpdateProject = z.infer<typeof UpdateProject>;

export const ProjectFile = z
  .object({
    id: z.int(),
    project_id: z.int(),
    file_path: z.string(),
    importance: z.enum(importances),
    created_at: SqlTime,
  })
  .meta({ id: "ProjectFile" });
export type ProjectFile = z.infer<typeof ProjectFile>;

export const ProjectFiles = z.object({ data: z.array(ProjectFile) });
export type ProjectFiles = z.infer<typeof ProjectFiles>;

export const AddFile = z.object({
  file_path: requiredText("file_path", 1_000),
  importance: z.enum(importances, importanceWords).default("medium"),
});
export type AddFile = z.output<typeof AddFile>;
