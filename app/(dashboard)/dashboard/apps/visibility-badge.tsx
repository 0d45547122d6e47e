import { Globe, Lock } from "lucide-react";
import { Badge } from "#components/ui/badge";

/** Whether other organizations see that the app exists. */
export function VisibilityBadge({ isPublic }: { isPublic: boolean }) {
  const Icon = isPublic ? Globe : Lock;
  return (
    <Badge tone={isPublic ? "accent" : "neutral"}>
      <Icon aria-hidden />
      {isPublic ? "Public" : "Private"}
    </Badge>
  );
}
