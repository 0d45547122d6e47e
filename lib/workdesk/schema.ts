import { z } from "zod";
import { Account } from "#lib/account-pool/schema";
import { KnowledgeEntry } from "#lib/knowledge/schema";
import { Project, ProjectFile } from "#lib/projects/schema";
import { WorkSession } from "#lib/work-sessions/schema";
import { requiredInteger } from "#lib/workdesk/fields";

export const Stats = z
  .object({
    active_projects: z.int(),
    active_accounts: z.int().meta({ description: "Accounts that are available or active." }),
    total_credits: z.int().meta({ description: "Credits of accounts used over all projects." }),
    total_sessions: z.int(),
    rotations: z.int(),
    estimated_savings: z
      .object({ credits: z.int(), minutes: z.int() })
      .meta({ description: "15 credits and 20 minutes for each rotation." }),
  })
  .meta({ id: "WorkDeskStats" });
export type Stats = z.infer<typeof Stats>;
export const StatsAnswer = z.object({ data: Stats });
export type StatsAnswer = z.infer<typeof StatsAnswer>;

export const ExportProject = z.object({ project_id: requiredInteger("project_id") });
export type ExportProject = z.infer<typeof ExportProject>;

export const ProjectExport = z
  .object({
    project: Project,
    sessions: z.array(WorkSession),
    files: z.array(ProjectFile.pick({ id: true, file_path: true, importance: true })),
    knowledge: z.array(KnowledgeEntry),
    accounts: z
      .array(Account.pick({ id: true, account_name: true, platform: true, specialization: true }))
      .meta({ description: "The accounts its sessions ran on, without credentials." }),
    exported_at: z.iso.datetime(),
  })
  .meta({ id: "ProjectExport" });
export type ProjectExport = z.infer<typeof ProjectExport>;
export const ProjectExportAnswer = z.object({ data: ProjectExport });
export type ProjectExportAnswer = z.infer<typeof ProjectExportAnswer>;
