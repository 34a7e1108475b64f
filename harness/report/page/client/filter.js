// Which rows of the matrix are shown.
import { all, element } from './dom.js';
import { nameOf } from './variant.js';

/** Does a case hold each word of the query, and the mark that is asked for ('' for any)? */
export function matches(entry, query, mark) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => entry.text.includes(word)) && (mark === '' || entry.marks.has(mark));
}

/** "3 of 113 cases" */
export const countText = (shown, of) =>
  shown === of ? `${of} case${of === 1 ? '' : 's'}` : `${shown} of ${of} case${of === 1 ? '' : 's'}`;

const marks = [
  ['', 'everything'],
  ['x', 'not as expected'],
  ['w', 'silent, and wrong'],
  ['b', 'blind'],
  ['a', 'false alarm'],
  ['i', 'in part'],
];

/** The words of a case that a filter looks at: its name, its lesson, its variants' names. */
function entryOf(row) {
  const article = document.getElementById(decodeURIComponent(row.querySelector('a').hash.slice(1)));
  const names = all('figure', article).map(nameOf);
  const words = [...all('header p, h2', article).map((part) => part.textContent), ...names];
  return {
    row,
    link: row.querySelector('a'),
    text: words.join(' ').toLowerCase(),
    marks: new Set(all('td i', row).map((mark) => mark.className)),
  };
}

/** Puts a filter before the matrix. */
export function addFilter(matrix) {
  const entries = all('tbody tr:not(.part)', matrix).map(entryOf);
  const query = element('input', { type: 'search', id: 'query', autocomplete: 'off', spellcheck: 'false' });
  const mark = element('select', { id: 'mark' },
    ...marks.map(([value, text]) => element('option', { value }, text)));
  const count = element('output', { for: 'query mark' });
  const apply = () => {
    let shown = 0;
    for (const entry of entries) {
      entry.row.hidden = !matches(entry, query.value, mark.value);
      shown += entry.row.hidden ? 0 : 1;
    }
    for (const body of all('tbody', matrix)) body.hidden = !body.querySelector('tr:not(.part):not([hidden])');
    count.textContent = countText(shown, entries.length);
  };
  const openFirst = (event) => {
    if (event.key === 'Enter') entries.find((entry) => !entry.row.hidden)?.link.click();
  };
  query.addEventListener('input', apply);
  query.addEventListener('keydown', openFirst);
  mark.addEventListener('input', apply);
  matrix.closest('.scroll').before(
    element('form', { class: 'filter', role: 'search', onsubmit: (event) => event.preventDefault() },
      element('label', { for: 'query' }, 'Filter'), query,
      element('label', { for: 'mark' }, 'Show'), mark, count));
  apply();
}
