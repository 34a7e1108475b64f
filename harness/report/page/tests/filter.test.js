import assert from 'node:assert/strict';
import test from 'node:test';
import { countText, matches } from '../client/filter.js';

const entry = { text: 'counters plain_counter ++ is three steps', marks: new Set(['c', 's']) };

test('each word must be there, in any order and case', () => {
  assert.ok(matches(entry, 'Three COUNTER', ''));
  assert.ok(!matches(entry, 'three mutex', ''));
  assert.ok(matches(entry, '  ', ''));
});

test('a mark that is asked for must be there', () => {
  assert.ok(matches(entry, '', 's'));
  assert.ok(!matches(entry, '', 'x'));
});

test('what is shown is counted', () => {
  assert.equal(countText(3, 113), '3 of 113 cases');
  assert.equal(countText(1, 1), '1 case');
});
