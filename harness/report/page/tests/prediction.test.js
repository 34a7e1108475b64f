import assert from 'node:assert/strict';
import test from 'node:test';
import { questionsFor, Score, shuffled } from '../client/prediction.js';

test('detectors are asked about only where one watched', () => {
  assert.deepEqual(questionsFor({ wrong: true, flagged: false, watched: false }).map((q) => q.key), ['wrong']);
  const [outcome, report] = questionsFor({ wrong: true, flagged: false, watched: true });
  assert.equal(outcome.answer, true);
  assert.equal(report.answer, false);
});

test('a question counts once, by its first answer', () => {
  const score = new Score();
  score.add('a', true);
  score.add('b', false);
  score.add('b', true);
  assert.equal(score.text, '1 of 2 right');
});

test('the order of variants is another one, the same each time, and loses none', () => {
  const names = ['racy', 'volatile', 'load_then_store', 'mutex_per_call', 'fixed'];
  const first = shuffled(names, 'counters.plain_counter');
  assert.deepEqual(shuffled(names, 'counters.plain_counter'), first);
  assert.notDeepEqual(first, names);
  assert.deepEqual([...first].sort(), [...names].sort());
});
