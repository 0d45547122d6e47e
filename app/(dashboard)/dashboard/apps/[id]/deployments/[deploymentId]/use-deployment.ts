"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { toRecord } from "#components/request";
import { readServerEvents } from "#components/server-events";
import type { Deployment } from "#lib/deployments/schema";
import { isUnderWay } from "../../../words";

/** `reconnecting`: what is shown may be old. `ended`: nothing more can come. */
export type Connection = "connecting" | "live" | "reconnecting" | "ended";

const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** The server says something every 15 s; a stream that is silent for longer is dead without knowing. */
const silenceMs = 40_000;

/** A deployment as it is stored, followed until it has ended. A stream that breaks off is taken up where it ended. */
export function useDeployment(stored: Deployment, onEnded: () => void): [Deployment, Connection, () => void] {
  const [deployment, setDeployment] = useState(stored);
  const [connection, setConnection] = useState<Connection>(isUnderWay(stored.status) ? "connecting" : "ended");
  const tellEnded = useEffectEvent(onEnded);
  const { id } = stored;
  const isOpen = isUnderWay(deployment.status);

  useEffect(() => {
    if (!isOpen) return;
    const gone = new AbortController();
    const show = (next: Deployment) => {
      if (gone.signal.aborted) return;
      setDeployment(next);
      if (isUnderWay(next.status)) return;
      setConnection("ended");
      tellEnded();
    };
    void follow(id, gone.signal, show, (next) => {
      if (!gone.signal.aborted) setConnection(next);
    });
    return () => gone.abort();
  }, [id, isOpen]);

  const look = () => {
    void read(id, AbortSignal.timeout(silenceMs)).then((next) => next && setDeployment(next));
  };
  return [deployment, connection, look];
}

/** The stored state; null when it cannot be had right now. */
async function read(id: string, signal: AbortSignal): Promise<Deployment | null> {
  try {
    const response = await fetch(`/api/deployments/${id}`, { signal });
    return response.ok ? (toRecord(await response.json()).deployment as Deployment) : null;
  } catch {
    return null;
  }
}

async function follow(
  id: string,
  signal: AbortSignal,
  show: (deployment: Deployment) => void,
  tell: (connection: Connection) => void,
): Promise<void> {
  let after = "0";
  let waitMs = firstWaitMs;
  while (!signal.aborted) {
    const silent = new AbortController();
    let timer = setTimeout(() => silent.abort(), silenceMs);
    try {
      const response = await fetch(`/api/deployments/${id}/events`, {
        headers: { "last-event-id": after },
        signal: AbortSignal.any([signal, silent.signal]),
      });
      if (!response.ok || response.body === null) throw new Error(`The stream answered ${response.status}.`);
      tell("live");
      const alive = response.body.pipeThrough(
        new TransformStream<BufferSource, BufferSource>({
          transform(chunk, controller) {
            clearTimeout(timer);
            timer = setTimeout(() => silent.abort(), silenceMs);
            controller.enqueue(chunk);
          },
        }),
      );
      for await (const event of readServerEvents(alive)) {
        waitMs = firstWaitMs;
        after = event.id ?? after;
        // Events say that something changed; what is shown is always what is stored.
        const next = await read(id, signal);
        if (next) show(next);
      }
    } catch {
      // Whatever the reason, the stored state decides how it goes on.
    } finally {
      clearTimeout(timer);
    }
    if (signal.aborted) return;
    const next = await read(id, signal);
    if (next) show(next);
    if (next && !isUnderWay(next.status)) return;
    tell("reconnecting");
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}
