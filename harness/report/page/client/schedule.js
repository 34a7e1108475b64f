// The schedules that the explorer found: reads a step from each row of their tables.
import { all } from './dom.js';
import { addStepper } from './stepper.js';
import { nameOf } from './variant.js';
import { valuesAfter } from './values.js';

function stepOf(row) {
  const cells = [...row.cells];
  const at = cells.findIndex((cell, i) => i > 0 && cell.querySelector('var'));
  const object = cells[at].querySelector('var');
  const value = cells[at].querySelector('b');
  return {
    thread: Number(row.closest('table').tHead.rows[0].cells[at].textContent.replace(/\D+/, '')),
    verb: object.previousSibling?.textContent.trim() ?? '',
    object: object.textContent,
    sign: value?.previousSibling.textContent.trim() ?? '',
    value: value?.textContent,
  };
}

/** Makes a schedule steppable, and shows each step's line in the variant's code. */
export function addSchedule(table, article) {
  const steps = all('tbody tr', table).map(stepOf);
  const figure = all('figure', article).find((each) => nameOf(each) === table.dataset.variant);
  addStepper(table, (count) => valuesAfter(steps, count), (count, row) => {
    for (const line of all('.line.now', article)) line.classList.remove('now');
    const number = row?.cells[0].textContent;
    if (number && figure) figure.querySelector(`.line[data-line="${Number(number)}"]`)?.classList.add('now');
  });
}
