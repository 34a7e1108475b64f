import assert from 'node:assert/strict';
import test from 'node:test';
import { interleavings, run } from '../client/interleavings.js';

test('two threads of three steps have twenty orders, all different', () => {
  const orders = interleavings().map((order) => order.join(''));
  assert.equal(orders.length, 20);
  assert.equal(new Set(orders).size, 20);
  for (const order of orders) assert.match([...order].sort().join(''), /^111222$/);
});

test('eighteen of the twenty lose an addition, and only two keep both', () => {
  const runs = interleavings().map(run);
  assert.equal(runs.filter((one) => one.isLost).length, 18);
  assert.deepEqual(runs.filter((one) => !one.isLost).map((one) => one.counter), [2, 2]);
  assert.ok(runs.filter((one) => one.isLost).every((one) => one.counter === 1));
});

test('a thread that loads before the other has stored overwrites it', () => {
  const { steps, counter } = run([1, 2, 2, 2, 1, 1]);
  assert.deepEqual(steps.map((step) => step.counter), [0, 0, 0, 1, 1, 1]);
  assert.deepEqual(steps.at(-1).registers, [1, 1]);
  assert.equal(counter, 1);
});
