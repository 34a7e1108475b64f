// Steps through a table of steps, forward and back, with the values beside it.
import { all, element } from './dom.js';

/**
 * Puts controls before `table` and a list of values after it. `valuesAt(n)` gives [{name, value,
 * changed}] after n steps, `onStep(n)` is told of each move.
 */
export function addStepper(table, valuesAt, onStep = () => {}) {
  const rows = all('tbody tr', table);
  const values = element('tbody');
  const where = element('output');
  const slider = element('input', { type: 'range', min: 0, max: rows.length, value: 0, 'aria-label': 'step' });
  const move = (to) => {
    const step = Math.min(Math.max(to, 0), rows.length);
    slider.value = step;
    rows.forEach((row, i) => {
      row.classList.toggle('now', i === step - 1);
      row.classList.toggle('later', step > 0 && i >= step);
      if (i === step - 1) row.setAttribute('aria-current', 'step');
      else row.removeAttribute('aria-current');
    });
    const text = step === 0 ? 'before the first step' : `step ${step} of ${rows.length}`;
    where.textContent = text;
    slider.setAttribute('aria-valuetext', step === 0 ? text : `${text}: ${rows[step - 1].textContent.trim()}`);
    back.disabled = step === 0;
    forward.disabled = step === rows.length;
    values.replaceChildren(...valuesAt(step).map(({ name, value, changed }) =>
      element('tr', changed ? { class: 'changed' } : {},
        element('th', { scope: 'row' }, name), element('td', {}, value === undefined ? '–' : String(value)))));
    onStep(step, rows[step - 1]);
  };
  const button = (text, label, onclick) => element('button', { type: 'button', 'aria-label': label, onclick }, text);
  const back = button('◀', 'one step back', () => move(Number(slider.value) - 1));
  const forward = button('▶', 'one step forward', () => move(Number(slider.value) + 1));
  slider.addEventListener('input', () => move(Number(slider.value)));
  const scroll = table.closest('.scroll');
  scroll.before(element('div', { class: 'stepper' }, back, slider, forward, where));
  const box = element('div', { class: 'stepped' });
  scroll.before(box);
  box.append(scroll, element('table', { class: 'values' }, element('caption', {}, 'shared values'), values));
  move(0);
  return move;
}
