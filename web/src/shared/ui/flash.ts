/**
 * Colours prices for a moment after they have changed. All share one timer: an animation for each of 200 prices keeps
 * the browser busy with every frame of the screen.
 */

const FLASH_MS = 600;
const flashing = new Set<HTMLElement>();
let timer: ReturnType<typeof setTimeout> | undefined;

/** Marks an element as risen (1) or fallen (-1), until the timer ends. */
export function flash(element: HTMLElement, direction: -1 | 1): void {
  element.dataset["tick"] = direction > 0 ? "up" : "down";
  flashing.add(element);
  timer ??= setTimeout(end, FLASH_MS);
}

function end(): void {
  timer = undefined;
  for (const element of flashing) {
    delete element.dataset["tick"];
  }
  flashing.clear();
}
