// What a reader said before looking, and how much of it was right.

/** The questions about a variant, with the answer that is right. */
export function questionsFor({ wrong, flagged, watched }) {
  const questions = [{ key: 'wrong', text: 'Its outcome', yes: 'goes wrong', no: 'is always right', answer: wrong }];
  if (watched) questions.push({ key: 'flagged', text: 'Race detectors', yes: 'report it', no: 'stay silent', answer: flagged });
  return questions;
}

/** Counts answers over all cases; each question counts once. */
export class Score {
  #answers = new Map();

  add(question, isRight) {
    if (!this.#answers.has(question)) this.#answers.set(question, isRight);
  }

  get text() {
    const right = [...this.#answers.values()].filter(Boolean).length;
    return `${right} of ${this.#answers.size} right`;
  }
}

/** Variants in an order that says nothing of them and is the same each time. */
export function shuffled(names, salt) {
  const rank = (name) => [...`${salt}/${name}`].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt(0)) >>> 0, 7);
  return [...names].sort((a, b) => rank(a) % 9973 - rank(b) % 9973);
}
