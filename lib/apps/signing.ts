import { updateSigningSecret } from "#lib/apps/queries";
import type { SigningSecret } from "#lib/apps/schema";
import { requireApp } from "#lib/apps/service";
import type { Context } from "#lib/context";
import { seal } from "#lib/crypto/seal";
import { transaction } from "#lib/db/transaction";
import { invalid } from "#lib/errors";
import { randomText } from "#lib/id";
import { recordAudit } from "#lib/records/service";

/** Gives an app a new secret for package signatures; the old one stops at once. It is in this answer only. */
export async function createSigningSecret(ctx: Context, id: string): Promise<SigningSecret> {
  const secret = `pkgsig_${randomText(40)}`;
  return transaction(ctx, async (tx) => {
    const app = await requireApp(tx, ctx, id, "update");
    await updateSigningSecret(tx, ctx.organizationId, id, seal(secret));
    const details = { [app.sealedSigningSecret ? "signing_secret_replaced" : "signing_secret_created"]: app.name };
    await recordAudit(tx, ctx, "config.change", { type: "agent_app", id }, details);
    return { signing_secret: secret };
  });
}

/** Takes the secret away. Throws `validation` when signatures are required and there is no public key either. */
export async function deleteSigningSecret(ctx: Context, id: string): Promise<{ message: string }> {
  await transaction(ctx, async (tx) => {
    const app = await requireApp(tx, ctx, id, "update");
    if (app.requireSignature && !app.publicKey) {
      const message = "This app requires signatures. Set require_signature to false or give it a public key first.";
      throw invalid([{ field: "require_signature", message }]);
    }
    await updateSigningSecret(tx, ctx.organizationId, id, null);
    const details = { signing_secret_deleted: app.name };
    await recordAudit(tx, ctx, "config.change", { type: "agent_app", id }, details, "warning");
  });
  return { message: "Signing secret deleted successfully" };
}
