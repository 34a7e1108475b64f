// *Predict, then reveal*: hides what is known of a case until the reader has said what to expect.
import { all, element } from './dom.js';
import { Score, questionsFor, shuffled } from './prediction.js';
import { nameOf, seenOf, typeOf } from './variant.js';

const score = new Score();

/** Has code say `to` where it says `from`, as a word. */
function rename(root, from, to) {
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const words = nodes.currentNode.textContent.split(/(\w+)/);
    nodes.currentNode.textContent = words.map((word) => (word === from ? to : word)).join('');
  }
}

/** One question as a pair of radio buttons. */
function asked(question, name) {
  const choice = (value, text) => element('label', {},
    element('input', { type: 'radio', name: `${name}/${question.key}`, value, required: true }), ` ${text}`);
  return element('fieldset', { 'data-answer': String(question.answer) },
    element('legend', {}, question.text), choice('true', question.yes), choice('false', question.no), element('output'));
}

/** A figure that does not say which variant it is. */
function disguise(figure, letter) {
  const caption = figure.querySelector('figcaption');
  const pre = figure.querySelector('pre');
  const kept = [...caption.childNodes];
  const shown = pre?.cloneNode(true);
  caption.replaceChildren(element('b', {}, letter));
  if (shown) {
    rename(shown, typeOf(figure), letter);
    pre.replaceWith(shown);
  }
  return () => {
    caption.replaceChildren(...kept);
    shown?.replaceWith(pre);
  };
}

/** Says of one question whether the answer was right. */
function mark(field) {
  const isRight = field.querySelector(':checked').value === field.dataset.answer;
  field.className = isRight ? 'hit' : 'miss';
  field.querySelector('output').textContent = isRight ? '✓ as you said' : '✗ it is the other way';
  for (const input of all('input', field)) input.disabled = true;
  return isRight;
}

/**
 * Asks about each variant of the case; when all is answered, answers are shown and counted. Returns
 * a function that takes the questions back.
 */
function begin(article, onScore) {
  const figures = all('figure', article);
  const byName = new Map(figures.map((figure) => [nameOf(figure), figure]));
  const box = figures[0].parentElement;
  const form = element('form', { class: 'prediction', id: `predict/${article.id}` });
  const names = shuffled([...byName.keys()], article.id);
  const questions = names.map((name, i) => {
    const figure = byName.get(name);
    const undo = disguise(figure, String.fromCharCode(65 + (i % 26)));
    const fields = questionsFor(seenOf(figure)).map((question) => asked(question, `${article.id}/${name}`));
    for (const input of fields.flatMap((field) => all('input', field))) input.setAttribute('form', form.id);
    figure.append(...fields);
    box.append(figure);
    return { undo, fields };
  });
  const undo = () => {
    for (const question of questions) question.undo();
    box.append(...figures);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    undo();
    for (const field of questions.flatMap((question) => question.fields))
      score.add(field.querySelector('input').name, mark(field));
    article.dataset.predicting = 'done';
    form.replaceChildren(element('p', { role: 'status' }, `Revealed. ${score.text} so far.`));
    onScore(score.text);
  });
  form.append(element('p', {}, 'Say of each variant what will happen. Then see.'), element('button', {}, 'Reveal'));
  box.after(form);
  article.dataset.predicting = 'asking';
  return () => {
    undo();
    form.remove();
    for (const field of questions.flatMap((question) => question.fields)) field.remove();
    delete article.dataset.predicting;
  };
}

const takeBack = new Map();

/** Turns a case into questions, or back; a case that was revealed stays so. */
export function predict(article, isOn, onScore) {
  const state = article.dataset.predicting;
  if (isOn && !state && article.querySelector('figure')) takeBack.set(article, begin(article, onScore));
  if (!isOn && state === 'asking') takeBack.get(article)();
}
