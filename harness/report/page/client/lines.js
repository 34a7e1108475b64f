// Splits a block of code into lines with numbers, so that one of them can be pointed at.
import { element } from './dom.js';

/** Wraps each line of `pre`; they are numbered from data-first on, where that is known. */
export function numberLines(pre) {
  const first = Number(pre.dataset.first ?? 0);
  const lines = [element('span', { class: 'line' })];
  for (const node of [...pre.childNodes]) {
    const parts = node.nodeType === Node.TEXT_NODE ? node.textContent.split('\n') : [node];
    parts.forEach((part, i) => {
      if (i > 0) lines.push(element('span', { class: 'line' }));
      if (part.tagName === 'B') lines.at(-1).classList.add('race');
      lines.at(-1).append(...(part.tagName === 'B' ? part.childNodes : [part]));
    });
  }
  if (first > 0) lines.forEach((line, i) => line.setAttribute('data-line', first + i));
  pre.replaceChildren(...lines);
}
