// What a figure of the page says of its variant.

export const nameOf = (figure) => figure.querySelector('figcaption b').textContent;

/** Was a trial wrong, was one flagged, was there a detector that could? */
export function seenOf(figure) {
  const seen = figure.dataset.seen;
  return { wrong: seen.includes('w'), flagged: seen.includes('f'), watched: seen.includes('d') };
}

/** The name of the type that its code defines. */
export const typeOf = (figure) => /\b(?:struct|class)\s+(\w+)/.exec(figure.querySelector('pre')?.textContent)?.[1] ?? '';
