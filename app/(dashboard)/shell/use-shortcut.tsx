"use client";

import { useEffect, useEffectEvent } from "react";

const sequenceMs = 1000;

/** Whether plain keys belong to something else: the reader writes, or a dialog or menu is open. */
function isTaken({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))) {
    return true;
  }
  return document.querySelector("[role=dialog],[role=alertdialog],[role=menu],[role=listbox]") !== null;
}

function isPressed(event: KeyboardEvent, modifier: string): boolean {
  if (event.altKey) return false;
  const hasCommand = event.metaKey || event.ctrlKey;
  return modifier === "mod" ? hasCommand && !event.shiftKey : event.shiftKey && !hasCommand && !isTaken(event);
}

/** Calls back on `mod+k` (Ctrl or Cmd, also while typing) or on `shift+n` (never while typing or in a dialog). */
export function useShortcut(keys: `mod+${string}` | `shift+${string}`, onPress: () => void): void {
  const press = useEffectEvent(onPress);
  useEffect(() => {
    const [modifier = "", key] = keys.split("+");
    function onKeyDown(event: KeyboardEvent) {
      if (event.key.toLowerCase() !== key || !isPressed(event, modifier)) return;
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
      if (event.metaKey || event.ctrlKey || event.altKey || event.shiftKey || isTaken(event)) return;
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
