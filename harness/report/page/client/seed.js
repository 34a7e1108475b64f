// The counter that two threads add to: all orders of its six steps, to be chosen and stepped.
import { all, element } from './dom.js';
import { interleavings, run } from './interleavings.js';
import { addStepper } from './stepper.js';

const codes = { load: 'register = hits', add: 'register += 1', store: 'hits = register' };

function stepsTable({ steps }) {
  return element('table', { class: 'steps' },
    element('thead', {}, element('tr', {}, ...['thread 1', 'thread 2', 'code'].map((text) => element('th', { scope: 'col' }, text)))),
    element('tbody', {}, ...steps.map(({ thread, operation }) => element('tr', {},
      element('td', {}, thread === 1 ? operation : ''),
      element('td', {}, thread === 2 ? operation : ''),
      element('td', {}, codes[operation])))));
}

function valuesAt({ steps }, count) {
  const none = { counter: 0, registers: [undefined, undefined] };
  const now = count > 0 ? steps[count - 1] : none;
  const before = count > 1 ? steps[count - 2] : none;
  return [
    { name: 'hits', value: now.counter, changed: now.counter !== before.counter },
    ...now.registers.map((value, i) => ({ name: `register of thread ${i + 1}`, value, changed: value !== before.registers[i] })),
  ];
}

/** Fills the section with a tile for each order; the chosen one is stepped below. */
export function addSeed(section) {
  const runs = interleavings().map(run);
  const stage = element('div', { class: 'stage' });
  const tiles = runs.map((one, i) => {
    const order = one.steps.map((step) => step.thread).join('');
    return element('button', {
      type: 'button',
      class: one.isLost ? 'lost' : 'kept',
      'aria-pressed': 'false',
      'aria-label': `order ${order.split('').join(' ')}: ${one.counter}`,
      onclick: () => choose(i),
    }, ...one.steps.map((step) => element('span', { class: `t${step.thread}` })), element('b', {}, String(one.counter)));
  });
  const choose = (i) => {
    tiles.forEach((tile, j) => tile.setAttribute('aria-pressed', String(i === j)));
    const table = stepsTable(runs[i]);
    const words = runs[i].isLost
      ? 'Both threads loaded before either had stored the sum: one addition is lost.'
      : 'One thread is done before the other loads: both additions count.';
    stage.replaceChildren(element('div', { class: 'scroll', tabindex: 0 }, table), element('p', { class: 'conclusion' }, `hits is ${runs[i].counter}. ${words}`));
    addStepper(table, (count) => valuesAt(runs[i], count));
  };
  section.append(element('div', { class: 'tiles', role: 'group', 'aria-label': 'orders' }, ...tiles), stage);
  choose(runs.findIndex((one) => one.isLost));
  const lost = runs.filter((one) => one.isLost).length;
  all('.lost-count', section).forEach((place) => (place.textContent = `${lost} of ${runs.length}`));
}
