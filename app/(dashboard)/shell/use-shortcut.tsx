"use client";

import { useEffect, useEffectEvent } from "react";

const sequenceMs = 1000;

/** Whether the reader is writing, in which case plain keys are text and not commands. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Calls back on Ctrl or Cmd with a key, such as `mod+k`. Works while typing, too. */
export function useShortcut(keys: `mod+${string}`, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    const key = keys.slice("mod+".length);
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.metaKey || event.ctrlKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== key)
        return;
      event.preventDefault();
      press();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [keys]);
}

/** Calls back with the letter that follows `first` within a second; never while typing or in a dialog. */
export function useSequence(first: string, onLetter: (letter: string) => void): void {
  const press = useEffectEvent(onLetter);
  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    function onKeyDown(event: KeyboardEvent) {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("[role=dialog],[role=menu]")) return;
      const letter = event.key.toLowerCase();
      if (event.timeStamp - startedAt < sequenceMs) {
        startedAt = Number.NEGATIVE_INFINITY;
        press(letter);
      } else if (letter === first) startedAt = event.timeStamp;
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [first]);
}
