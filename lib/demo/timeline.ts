import { selectClock } from "#lib/demo/queries";

/** Something that happened to the organization, and how it is done again. */
export type Scene = { at: Date; play(): Promise<unknown> };

/** When a scene was played, by the database's clock to the microsecond, and when it is to have been. */
export type Moment = { began: string; at: string };

/** Nothing of a scene takes longer, so that none reaches into the next one when both are moved. */
const spacingMs = 3_000;
const reportEvery = 200;

/** Scenes in order of their times, those that come too close a little later. The last ones must leave room before now. */
function spaced(scenes: readonly Scene[]): Scene[] {
  let earliest = 0;
  return scenes
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map(({ at, play }) => {
      const time = Math.max(at.getTime(), earliest);
      earliest = time + spacingMs;
      return { at: new Date(time), play };
    });
}

/** Plays one scene. */
export async function playScene<T>(at: Date, play: () => Promise<T>): Promise<{ made: T; moment: Moment }> {
  const began = await selectClock();
  return { made: await play(), moment: { began, at: at.toISOString() } };
}

/**
 * Plays scenes one after the other, in the order of the times they are to have. What they store carries the time of
 * playing; `backdate` moves it. Throws the signal's reason between two scenes.
 */
export async function playScenes(
  scenes: readonly Scene[],
  signal: AbortSignal,
  onProgress: (done: number, all: number) => void,
): Promise<Moment[]> {
  const moments: Moment[] = [];
  for (const { at, play } of spaced(scenes)) {
    signal.throwIfAborted();
    moments.push((await playScene(at, play)).moment);
    if (moments.length % reportEvery === 0) onProgress(moments.length, scenes.length);
  }
  return moments;
}
