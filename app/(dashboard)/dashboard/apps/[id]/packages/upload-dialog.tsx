"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useState } from "react";
import { toast } from "sonner";
import { toRecord } from "#components/request";
import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import { deploymentCredits, formatBytes, plural } from "../../words";
import { nextVersion, type Preview, readPreview } from "./read-manifest";
import { UploadFields } from "./upload-fields";
import { UploadProgress } from "./upload-progress";
import { useUpload } from "./use-upload";

type UploadDialogProps = {
  appId: string;
  file: File;
  credits: number;
  newest: string | null;
  onClose: () => void;
};

/** What is about to be uploaded and what a deployment of it costs; then the upload itself. */
export function UploadDialog({ appId, file, credits, newest, onClose }: UploadDialogProps) {
  const formId = useId();
  const router = useRouter();
  const { state, start, cancel, clear } = useUpload();
  const [preview, setPreview] = useState<Preview | null | "reading">("reading");
  const [version, setVersion] = useState("");
  const isSending = state.type === "sending" || state.type === "checking";
  const price = deploymentCredits(file.size);

  useEffect(() => {
    let isCurrent = true;
    void readPreview(file).then((found) => {
      if (!isCurrent) return;
      setPreview(found);
      setVersion((typed) => typed || found?.version || nextVersion(newest));
    });
    return () => {
      isCurrent = false;
    };
  }, [file, newest]);

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const isDeployed = submitter instanceof HTMLButtonElement && submitter.value === "deploy";
    const form = new FormData(event.currentTarget);
    const signature = form.get("signature");
    // A field that was left empty is one that was not sent.
    if (signature instanceof File && signature.size === 0) form.delete("signature");
    if (!isDeployed || form.get("release_notes") === "") form.delete("release_notes");
    // Last, so that the server knows what to do with it when it begins.
    form.set("file", file);
    start({
      path: `/api/agent-apps/${appId}/packages${isDeployed ? "/deploy" : ""}`,
      form,
      onDone: (body) => finish(isDeployed ? toRecord(body.deployment).id : undefined),
    });
  }

  function finish(deploymentId: unknown) {
    if (typeof deploymentId === "string") return router.push(`/dashboard/apps/${appId}/deployments/${deploymentId}`);
    toast.success(`Version ${version} is uploaded.`);
    router.refresh();
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      isLocked={isSending}
      className="max-w-lg"
      title="Upload a package"
      description={`${file.name}, ${formatBytes(file.size)}`}
      footer={
        isSending ? (
          <Button onClick={cancel} disabled={state.type === "checking"}>
            Cancel the upload
          </Button>
        ) : (
          <>
            <Button type="submit" form={formId} value="store">
              Upload only, free
            </Button>
            <Button type="submit" form={formId} value="deploy" variant="primary" disabled={price > credits}>
              Upload and deploy for {plural(price, "credit")}
            </Button>
          </>
        )
      }
    >
      <form
        id={formId}
        onSubmit={onSubmit}
        onChange={state.type === "refused" ? clear : undefined}
        className="grid gap-4"
      >
        <UploadFields
          preview={preview}
          version={version}
          onVersionChange={setVersion}
          price={price}
          credits={credits}
          isDisabled={isSending}
        />
        <UploadProgress state={state} />
      </form>
    </Dialog>
  );
}
