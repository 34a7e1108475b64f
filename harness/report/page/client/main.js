// What the page does beyond being read: shows one part at a time, filters, steps, asks.
import { all, element } from './dom.js';
import { addDetails } from './details.js';
import { addFilter } from './filter.js';
import { numberLines } from './lines.js';
import { predict } from './predict.js';
import { addSchedule } from './schedule.js';
import { addSeed } from './seed.js';

const overview = document.getElementById('overview');
const seed = document.getElementById('seed');
const articles = all('article');
const title = document.title;

// --- The bar ----------------------------------------------------------------------------------

const score = element('output', { class: 'score' });
const asks = element('input', { type: 'checkbox', id: 'predict' });
const themes = ['auto', 'light', 'dark'];
const theme = element('button', { type: 'button', onclick: () => {
  const next = themes[(themes.indexOf(document.documentElement.dataset.theme ?? 'auto') + 1) % themes.length];
  document.documentElement.dataset.theme = next;
  theme.textContent = `Colours: ${next}`;
} }, 'Colours: auto');
document.querySelector('.bar').append(
  element('nav', { 'aria-label': 'page' },
    element('a', { href: '#overview' }, 'All cases'),
    element('a', { href: '#seed' }, '20 orders'),
    element('a', { href: '#everything' }, 'One long page')),
  element('label', {}, asks, ' Predict, then reveal'), score, theme);

// --- Views ------------------------------------------------------------------------------------

const opened = new Set();

/** What only a case that is looked at needs. */
function open(article) {
  if (opened.has(article)) return;
  opened.add(article);
  all('figure pre', article).forEach(numberLines);
  all('table.steps', article).forEach((table) => addSchedule(table, article));
}

function neighbours(article) {
  const at = articles.indexOf(article);
  const link = (other, text) => (other ? [element('a', { href: `#${other.id}` }, text)] : []);
  return element('nav', { class: 'neighbours', 'aria-label': 'cases' },
    ...link(articles[at - 1], '← previous'), element('span', {}, `${at + 1} of ${articles.length}`),
    ...link(articles[at + 1], 'next →'));
}

function show() {
  const name = decodeURIComponent(location.hash.slice(1));
  const article = articles.find((each) => each.id === name);
  const everything = name === 'everything';
  overview.hidden = Boolean(article) || name === 'seed';
  seed.hidden = name !== 'seed' && !everything;
  for (const each of articles) {
    each.hidden = each !== article && !everything;
    if (!each.hidden) open(each);
    if (!each.hidden) predict(each, asks.checked, (text) => (score.textContent = text));
  }
  for (const old of all('.neighbours')) old.remove();
  if (article) article.prepend(neighbours(article));
  const shown = article ?? (name === 'seed' ? seed : overview);
  document.title = article ? `${name.replace('case/', '')} · racepair` : title;
  if (name) {
    const heading = shown.querySelector('h2');
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

asks.addEventListener('change', show);
addEventListener('hashchange', show);
addEventListener('keydown', (event) => {
  if (event.target.closest('input, select, textarea') || event.altKey || event.ctrlKey || event.metaKey) return;
  const query = document.getElementById('query');
  if (event.key === '/' && query) {
    event.preventDefault();
    if (overview.hidden) location.hash = '#overview';
    query.focus();
  }
});

addSeed(seed);
const matrix = overview.querySelector('.matrix');
if (matrix) addFilter(matrix);
document.body.classList.add('live');
addDetails(articles).finally(show);
