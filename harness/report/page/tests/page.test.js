// The page in a browser: from disk, without a network. scripts/check-page makes the pages and says where they are.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';

const pages = { good: process.env.RACEPAIR_PAGE, hostile: process.env.RACEPAIR_HOSTILE_PAGE };
const folder = process.env.RACEPAIR_SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const aCase = '#case/counters.plain_counter';
const widths = [1280, 390];
const schemes = ['light', 'dark'];
let browser;

/** Opens the page; what it asks the network for, or complains about, is kept in `wrong`. */
async function opened(hash = '', { width = 1280, scheme = 'light', script = true, page: which = 'good' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width > 600 ? 800 : 844 },
    colorScheme: scheme,
    javaScriptEnabled: script,
    offline: true,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => wrong.push(message.text()));
  page.on('dialog', (dialog) => wrong.push(dialog.message()));
  page.on('request', (request) => request.url().startsWith('file:') || wrong.push(request.url()));
  await page.goto(`file://${pages[which]}${hash}`);
  if (script) await page.waitForFunction(() => !document.getElementById('details'));
  return { page, wrong, close: () => context.close() };
}

const shown = (page, selector) => page.locator(selector).filter({ visible: true });

async function violations(page) {
  // The page's own policy forbids a script tag; an evaluation from outside it does not.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document));
  return found.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
}

async function picture(page, name, options = {}) {
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), ...options });
}

describe('the page', { skip: pages.good ? false : 'run by scripts/check-page' }, () => {
  before(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
    });
  });
  after(() => browser?.close());

  test('opens with verdict, filter and matrix on the first screen', async () => {
    const { page, wrong, close } = await opened();
    assert.match(await page.locator('.verdict h2').innerText(), /expected/);
    for (const selector of ['.verdict h2', '#query', '.matrix thead']) {
      const box = await page.locator(selector).boundingBox();
      assert.ok(box && box.y + box.height < 800, `${selector} is on the first screen`);
    }
    assert.equal(await shown(page, 'article').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  });

  test('filters by words and by marks', async () => {
    const { page, close } = await opened();
    const rows = () => shown(page, '.matrix tbody tr:not(.part)').count();
    const all = await rows();
    await page.fill('#query', 'three steps');
    assert.equal(await rows(), 1);
    assert.equal(await page.locator('.filter output').innerText(), `1 of ${all} cases`);
    await page.fill('#query', '');
    assert.equal(await rows(), all);
    await page.fill('#query', 'publication');
    await page.press('#query', 'Enter');
    await page.waitForFunction(() => location.hash.startsWith('#case/publication'));
    await close();
  });

  test('opens a case from the matrix, goes on to the next and back', async () => {
    const { page, close } = await opened();
    await page.click(`.matrix a[href="${aCase}"]`);
    assert.equal(await shown(page, 'article').count(), 1);
    assert.equal(await shown(page, 'article h2').innerText(), 'plain_counter');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H2');
    assert.ok(await shown(page, 'figure .line.race').count() > 0);
    assert.ok(await shown(page, 'figure mark').count() > 0);
    await page.click('.neighbours a:last-child');
    assert.notEqual(await shown(page, 'article h2').innerText(), 'plain_counter');
    await page.goBack();
    await page.goBack();
    assert.ok(await page.locator('.matrix').isVisible());
    await close();
  });

  test('steps a schedule forward and back, with values and the line of code', async () => {
    const { page, close } = await opened(aCase);
    const box = page.locator('.schedule', { hasText: 'load_then_store' });
    const back = box.getByLabel('one step back'), forward = box.getByLabel('one step forward');
    const value = () => box.locator('.values td').first().innerText();
    assert.ok(await back.isDisabled());
    assert.equal(await value(), '0');
    const rows = await box.locator('tbody tr').count() - await box.locator('.values tr').count();
    assert.ok(rows >= 4);
    for (let step = 1; step <= rows; ++step) {
      await forward.click();
      assert.match(await box.locator('output').innerText(), new RegExp(`step ${step} of ${rows}`));
      assert.equal(await box.locator('tr.now').count(), 1);
      assert.equal(await shown(page, 'figure .line.now').count(), 1);
    }
    assert.ok(await forward.isDisabled());
    assert.notEqual(await value(), '0');
    await back.click();
    assert.match(await box.locator('output').innerText(), new RegExp(`step ${rows - 1} of`));
    await box.locator('input').focus();
    await page.keyboard.press('ArrowRight');
    assert.match(await box.locator('output').innerText(), new RegExp(`step ${rows} of`));
    await close();
  });

  test('runs all twenty orders of the seed counter, eighteen of which lose', async () => {
    const { page, close } = await opened('#seed');
    assert.equal(await page.locator('.tiles button').count(), 20);
    assert.equal(await page.locator('.tiles .lost').count(), 18);
    await page.locator('.tiles .kept').first().click();
    for (let step = 0; step < 6; ++step) await page.getByLabel('one step forward').filter({ visible: true }).click();
    assert.equal(await page.locator('#seed .values td').first().innerText(), '2');
    await close();
  });

  test('hides what is known until the reader has said what will happen', async () => {
    const { page, wrong, close } = await opened(aCase);
    await page.check('#predict');
    assert.equal(await shown(page, '.facts, .reports, .schedules').count(), 0);
    const code = await shown(page, 'article').innerText();
    assert.doesNotMatch(code, /\bRacy\b|\bFixed\b|the repair|load, add, store/);
    const fields = shown(page, 'fieldset');
    const count = await fields.count();
    assert.equal(count, 10);
    for (let i = 0; i < count; ++i) {
      const answer = await fields.nth(i).getAttribute('data-answer');
      const said = i === 0 ? String(answer !== 'true') : answer;
      await fields.nth(i).locator(`input[value=${said}]`).check();
    }
    await page.getByRole('button', { name: 'Reveal' }).click();
    assert.ok(await shown(page, '.facts').count() > 0);
    assert.equal(await page.locator('.score').innerText(), `${count - 1} of ${count} right`);
    assert.equal(await page.locator('fieldset.miss').count(), 1);
    assert.match(await shown(page, 'figure').first().innerText(), /Racy/);
    await page.click('text=next →');
    assert.equal(await shown(page, '.facts').count(), 0);
    assert.equal(await page.locator('.score').innerText(), `${count - 1} of ${count} right`);
    await page.uncheck('#predict');
    assert.equal(await shown(page, '.facts').count(), 1);
    assert.equal(await shown(page, 'fieldset').count(), 0);
    assert.deepEqual(wrong, []);
    await close();
  });

  test('can be read without its script', async () => {
    const { page, close } = await opened('', { script: false });
    const text = await page.locator('body').innerText();
    for (const words of ['expected', 'plain_counter', 'struct Racy', 'caught', '++ on a plain variable is three steps'])
      assert.ok(text.includes(words), words);
    assert.equal(await shown(page, 'figure').count(), await page.locator('figure').count());
    await close();
  });

  test('never runs what stands in results', async () => {
    const { page, wrong, close } = await opened('#everything', { page: 'hostile' });
    assert.ok((await page.locator('body').innerText()).includes('<script>globalThis.hacked = 1</script>'));
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.locator('script').count(), 1);
    assert.deepEqual(wrong, []);
    await close();
  });

  test('prints what is shown, without what is to be pressed, and no step fainter than another', async () => {
    const { page, close } = await opened(aCase, { scheme: 'dark' });
    await shown(page, '[aria-label="one step forward"]').first().click();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await shown(page, 'button, input, .bar').count(), 0);
    assert.equal(await shown(page, 'article').count(), 1);
    assert.equal(await page.locator('.later').first().evaluate((row) => getComputedStyle(row).opacity), '1');
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme), 'light');
    if (folder) await page.pdf({ path: join(folder, 'case.pdf'), format: 'A4', printBackground: true, preferCSSPageSize: true });
    await close();
  });

  for (const width of widths)
    for (const scheme of schemes)
      test(`has no barrier that axe finds, and does not overflow, at ${width} pixels, ${scheme}`, async () => {
        const { page, close } = await opened('', { width, scheme });
        for (const view of ['overview', 'seed', aCase.slice(1)]) {
          await page.evaluate((hash) => (location.hash = hash), view);
          await page.waitForFunction((hash) => decodeURIComponent(location.hash) === `#${hash}`, view);
          assert.deepEqual(await violations(page), [], view);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${view} is not wider than the window`);
          await picture(page, `${view.replace(/.*[/.]/, '')}-${width}-${scheme}`, { fullPage: view.startsWith('case') });
        }
        await page.check('#predict');
        assert.deepEqual(await violations(page), [], 'predicting');
        await picture(page, `predict-${width}-${scheme}`);
        await close();
      });
});
